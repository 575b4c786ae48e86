import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { createClient } from '@doorstep/client/client'
import { expect, inject, it } from 'vitest'

import { makeAccount } from '../src/cli/init.ts'
import { makeToken } from '../src/cli/token.ts'
import type { AccountKey } from '../src/domain/accounts.ts'
import { printPosition } from '../src/domain/positions.ts'
import type { Store } from '../src/domain/store.ts'
import { scopes } from '../src/domain/tokens.ts'
import { importVisits } from '../src/domain/visit-imports.ts'
import { newEventId, world } from '../src/storage/world.contract.ts'
import { doorstep, serveDoorstep } from './doorstep.ts'
import { engine, environmentOf, openStoreOf } from './engine.ts'
import { select } from './postgres-server.ts'
import { temporaryFolder } from './temporary.ts'

interface Backup {
  /** Puts everything back as it was when the backup was made. */
  restore(): Promise<void>
}

/** As docs/backup-and-restore.md says for a file: while the server runs. */
function backUpFile(dataDir: string): Backup {
  const file = join(dataDir, 'doorstep.db')
  const copy = join(dataDir, 'backup.db')
  const database = new DatabaseSync(file)
  database.prepare('vacuum into ?').run(copy)
  database.close()
  return {
    async restore() {
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
      copyFileSync(copy, file)
    },
  }
}

/** The server's own copy of a database, which nobody may use meanwhile: pg_dump may be missing here. */
async function backUpDatabase(dataDir: string): Promise<Backup> {
  const name = new URL(environmentOf(dataDir)['DATABASE_URL'] ?? '').pathname.slice(1)
  const run = (text: string) => select(inject('postgresUrl'), text)
  await run(`create database ${name}_backup template ${name}`)
  return {
    async restore() {
      await run(`drop database ${name} with (force)`)
      await run(`create database ${name} template ${name}_backup`)
    },
  }
}

/** Writes visits, and tells the positions at which they have been read. */
async function addVisits(store: Store, account: AccountKey, ids: readonly number[]) {
  const [sample] = world
  if (!sample) throw new Error('the world is empty')
  const positions: string[] = []
  for (const id of ids) {
    const position = await store.write(account, async (tx) => {
      await importVisits(tx, [{ ...sample, id }], newEventId)
      return tx.events.settle()
    })
    positions.push(printPosition(position))
  }
  return positions
}

/** A store with two visits, a backup of it, and two visits more, which are then lost. */
async function startRestored(dataDir: string) {
  const store = await openStoreOf(dataDir)
  const email = 'admin@acme.example'
  const { key } = await makeAccount(store, 'Acme', email)
  const given = { email, scopes, expiresAt: null, description: '' }
  const token = await makeToken(store, key, given)
  const kept = await addVisits(store, key, [1, 2])
  const whileOpen = engine === 'sqlite' ? backUpFile(dataDir) : undefined
  await store[Symbol.asyncDispose]()
  const backup = whileOpen ?? (await backUpDatabase(dataDir))

  const again = await openStoreOf(dataDir)
  const lost = await addVisits(again, key, [3, 4])
  await again[Symbol.asyncDispose]()
  await backup.restore()
  return { key, token, kept, lost }
}

it('tells after a restore and a reset who has seen what was lost, and lets all others read on (5.4)', async () => {
  const dataDir = temporaryFolder()
  const { key, token, kept, lost } = await startRestored(dataDir)
  const reset = await doorstep(['stream', 'reset'], dataDir)
  expect(reset).toMatchObject({ status: 0, stdout: expect.stringContaining('after event 2') })

  const { url } = await serveDoorstep(dataDir)
  const statusOf = async (position: string) => {
    const query = `position=${encodeURIComponent(position)}`
    const headers = { Authorization: `Bearer ${token}` }
    const answer = await fetch(`${url}/v3/visits/stream?${query}`, { headers })
    const code = /"code":"(\w+)"/.exec(await answer.text())?.[1]
    return code ?? answer.status
  }
  const statuses = () => Promise.all([...kept, ...lost].map(statusOf))
  expect(await statuses()).toEqual([200, 200, 'stream_reset', 'stream_reset'])

  // The offsets of what was lost are given again, to other events.
  await using store = await openStoreOf(dataDir)
  const after = await addVisits(store, key, [5, 6, 7])
  expect(await statuses()).toEqual([200, 200, 'stream_reset', 'stream_reset'])
  const { stream } = createClient({ url, token })
  const { items, meta } = await stream.read({ position: kept[1] ?? '' })
  expect([items.map(({ data }) => data.id), meta.position]).toEqual([[5, 6, 7], after[2]])
})
