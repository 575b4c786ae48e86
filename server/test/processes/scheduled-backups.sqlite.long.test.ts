import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { expect, it } from 'vitest'

import { BackupFolder } from '../../src/runtime/backups/backup-files.ts'
import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

const backupsIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /^doorstep-\d{8}T\d{6}Z-[\da-f]{8}\.db$/.test(name))

it('a backup by schedule is checked, replaces the oldest but none from the future, and a drill restores it (5.4)', async () => {
  const dataDir = temporaryFolder()
  const folder = join(temporaryFolder(), 'backups')
  mkdirSync(folder)
  const nameOf = async (day: string) =>
    basename(await new BackupFolder(folder, dataDir).pathAt(Date.parse(day)))
  const [oldest, old] = [await nameOf('2020-01-01'), await nameOf('2020-01-02')]
  const ahead = await nameOf('2999-01-01')
  const killed = `${await nameOf('2020-01-03')}.1-2.part`
  for (const name of [oldest, old, ahead, killed, 'mine.db']) writeFileSync(join(folder, name), '')
  const isThere = (name: string) => backupsIn(folder).includes(name)
  const env = { BACKUP_DIR: folder, BACKUP_KEEP: '2', METRICS_ALLOW: 'loopback' }
  const late = await doorstep(['doctor'], dataDir, '', env)
  expect(late.stderr).not.toBe('')

  const { child, url, token } = await serveDoorstep(dataDir, [], env)
  await until(
    () => backupsIn(folder).some((name) => name > old && name < ahead) && !isThere(oldest),
  )
  expect(readdirSync(folder).toSorted()).toEqual([old, expect.any(String), ahead, 'mine.db'])
  const [, name = ''] = backupsIn(folder).toSorted()
  expect(statSync(join(folder, name)).mode & 0o077).toBe(0)

  // They know of it once the older ones are gone.
  await until(async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text()
    const shown = /^doorstep_last_backup_timestamp_seconds (\S+)$/m.exec(metrics)?.[1]
    return Math.abs(Number(shown) * 1000 - Date.now()) < 10 * 60_000
  })
  const doctor = await doorstep(['doctor', '--json'], dataDir, '', env)
  const { findings, newest_backup } = JSON.parse(doctor.stdout)
  expect(findings).toEqual([])
  expect(Date.parse(newest_backup)).toBeLessThanOrEqual(Date.now())

  // The drill of docs/backup-and-restore.md.
  expect(await stop(child, 'SIGKILL')).toBeNull()
  const restored = temporaryFolder()
  expect(await doorstep(['restore', join(folder, name)], restored)).toMatchObject({ status: 0 })
  const again = await serveDoorstep(restored)
  const headers = { Authorization: `Bearer ${token}` }
  expect((await fetch(`${again.url}/v2/users/self`, { headers })).status).toBe(200)
  expect(await stop(again.child, 'SIGTERM')).toBe(0)
})

it('stores that share a folder remove no backup of another, nor one that names no store', async () => {
  const folder = temporaryFolder()
  const env = { BACKUP_DIR: folder, BACKUP_KEEP: '1' }
  const nameless = `doorstep-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}.db`
  const ofAnother = ['doorstep-20200101T000000Z-0123abcd.db', `${nameless}.1-2.part`]
  for (const name of [nameless, ...ofAnother]) writeFileSync(join(folder, name), '')
  const [one, other] = [temporaryFolder(), temporaryFolder()]
  const newest = async (dataDir: string) =>
    JSON.parse((await doorstep(['doctor', '--json'], dataDir, '', env)).stdout).newest_backup

  const first = await serveDoorstep(one, [], { ...env, BACKUP_DIR: '' })
  expect(Date.parse(await newest(one))).toBeLessThanOrEqual(Date.now())
  expect(await stop(first.child, 'SIGTERM')).toBe(0)

  // Nothing that may be of another store makes the first of a store wait.
  const old = await Promise.all(
    [one, other].map((dataDir) => new BackupFolder(folder, dataDir).pathAt(0)),
  )
  for (const path of old) writeFileSync(path, '')
  const servers = [await serveDoorstep(one, [], env), await serveDoorstep(other, [], env)]
  const stores = () => new Set(backupsIn(folder).map((name) => name.slice(-'01234567.db'.length)))
  await until(() => backupsIn(folder).length === 3 && !old.some((path) => existsSync(path)))
  expect(stores().size).toBe(3)
  for (const { child } of servers) expect(await stop(child, 'SIGTERM')).toBe(0)
  expect(readdirSync(folder)).toEqual(expect.arrayContaining([nameless, ...ofAnother]))

  // A copy of a store in another folder is another store, and so is one that was restored.
  const copy = join(temporaryFolder(), 'copy')
  cpSync(one, copy, { recursive: true })
  const again = await serveDoorstep(copy, [], env)
  await until(() => stores().size === 4)
  expect(await stop(again.child, 'SIGTERM')).toBe(0)
  expect(backupsIn(folder)).toHaveLength(4)
})

it('a backup that cannot be written is logged, and doctor and the metrics say that there is none', async () => {
  const dataDir = temporaryFolder()
  const folder = join(temporaryFolder(), 'a-file')
  writeFileSync(folder, '')
  const env = { BACKUP_DIR: folder, BACKUP_EVERY: '7d', METRICS_ALLOW: 'loopback' }
  const { child, url, errors } = await serveDoorstep(dataDir, [], env)
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toMatch(/^doorstep_last_backup_timestamp_seconds 0$/m)
  expect(metrics).toMatch(/^doorstep_backup_interval_seconds 604800$/m)
  const { status, stdout } = await doorstep(['doctor'], dataDir, '', env)
  expect(status).toBe(1)
  expect(stdout).toContain(`PROBLEM: there is no backup in ${folder}`)
  expect(await stop(child, 'SIGTERM')).toBe(0)
  expect(await errors).toContain('the backup failed; retrying in ten minutes')
})
