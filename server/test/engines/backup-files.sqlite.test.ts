import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { doorstep, serveDoorstep } from '../support/doorstep.ts'
import { openStoreOf } from '../support/engine.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'

const storeIn = (dataDir: string): string => join(dataDir, 'doorstep.db')

/** A data folder with some visits, and a backup of it. */
async function newBackup() {
  const dataDir = await newDataDir({ demoVisits: 40 })
  const folder = temporaryFolder()
  const path = join(folder, 'backup.db')
  return { dataDir, folder, path, made: await doorstep(['backup', path], dataDir) }
}

it('writes one file for its owner only, while a server runs, and overwrites none', async () => {
  const dataDir = await newDataDir({ demoVisits: 40 })
  await serveDoorstep(dataDir)
  const folder = temporaryFolder()
  const path = join(folder, 'backup.db')
  const made = await doorstep(['backup', path, '--json'], dataDir)
  expect(JSON.parse(made.stdout)).toMatchObject({ path, rows: { accounts: 1, visits: 40 } })
  expect(readdirSync(folder)).toEqual(['backup.db'])
  expect(statSync(path).mode & 0o777).toBe(0o600)

  const bytes = readFileSync(path)
  const again = await doorstep(['backup', path], dataDir)
  expect(again).toMatchObject({ status: 1, stdout: '' })
  expect(again.stderr).toContain('exists already')
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

it('keeps no backup of a store that is damaged', async () => {
  const { dataDir, folder } = await newBackup()
  {
    using database = new DatabaseSync(storeIn(dataDir))
    database.exec('delete from visit_events where "offset" = 3')
  }
  const { status, stderr } = await doorstep(['backup', join(folder, 'second.db')], dataDir)
  expect([status, stderr]).toEqual([1, expect.stringContaining('The backup was not kept')])
  expect(readdirSync(folder)).toEqual(['backup.db'])
})

it('restores everything into a folder without a store, for its owner only', async () => {
  const { dataDir, path } = await newBackup()
  const target = join(temporaryFolder(), 'new', 'data')
  const restored = await doorstep(['restore', path], target)
  expect(restored).toMatchObject({ status: 0, stderr: '' })
  expect(restored.stdout).toContain('40 visits')
  expect(readdirSync(target).toSorted()).toEqual(['doorstep.db', 'serve.lock'])
  expect(statSync(storeIn(target)).mode & 0o777).toBe(0o600)
  expect((await doorstep(['doctor'], target)).status).toBe(0)

  const streamOf = async (folder: string) => {
    await using store = await openStoreOf(folder)
    return (await store.events.read(1, { offset: 0, limit: 100 })).stream
  }
  const before = await streamOf(dataDir)
  const { generation, head } = await streamOf(target)
  expect(generation).toBeGreaterThan(before.generation)
  expect(head).toBe(before.head)
})

it('overwrites no store, and refuses a folder on which a server runs', async () => {
  const { dataDir, path } = await newBackup()
  const bytes = readFileSync(storeIn(dataDir))
  const refused = await doorstep(['restore', path], dataDir)
  expect(refused).toMatchObject({ status: 1, stdout: '' })
  expect(refused.stderr).toContain('There is a store in')
  expect(readFileSync(storeIn(dataDir)).equals(bytes)).toBe(true)

  await serveDoorstep(dataDir)
  const beside = await doorstep(['restore', path], dataDir)
  expect(beside).toMatchObject({ status: 1, stderr: expect.stringContaining('is running') })
})

it.each([
  ['is absent', (path: string) => `${path}-absent`, 'does not exist'],
  ['is a folder', (path: string) => join(path, '..'), 'is not a file'],
  ['is cut off', cutOff, 'cannot be opened'],
  ['has a damaged page', damaged, 'Nothing was restored'],
  ['is no database', (path: string) => changed(path, 'text'), 'cannot be opened'],
  ['is empty', (path: string) => changed(path, ''), 'is not a backup'],
  ['is another database', otherDatabase, 'is not a backup'],
  ['lies beside its log', besideLog, 'doorstep backup'],
])('restores nothing from a file that %s', async (_, change, reason) => {
  const { path } = await newBackup()
  const target = temporaryFolder()
  const { status, stdout, stderr } = await doorstep(['restore', change(path)], target)
  expect(stderr).toMatch(/^doorstep: \S.*\.\n$/)
  expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(reason)])
  expect(readdirSync(target).filter((name) => name !== 'serve.lock')).toEqual([])
})

function changed(path: string, content: string | Uint8Array): string {
  writeFileSync(`${path}-changed`, content)
  return `${path}-changed`
}

function cutOff(path: string): string {
  const bytes = readFileSync(path)
  return changed(path, bytes.subarray(0, bytes.length / 2))
}

/** NOTE: the last page belongs to some table or index, never to the schema. */
function damaged(path: string): string {
  const copy = `${path}-changed`
  copyFileSync(path, copy)
  const opened = openSync(copy, 'r+')
  writeSync(opened, Buffer.alloc(4096, 7), 0, 4096, statSync(copy).size - 4096)
  closeSync(opened)
  return copy
}

function otherDatabase(path: string): string {
  using database = new DatabaseSync(`${path}-other`)
  database.exec('create table notes (text)')
  return `${path}-other`
}

function besideLog(path: string): string {
  writeFileSync(`${path}-wal`, 'x')
  if (!existsSync(path)) throw new Error('there is no backup')
  return path
}
