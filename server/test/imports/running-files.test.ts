import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { AccountKey } from '../../src/domain/accounts.ts'
import type { Store } from '../../src/domain/store.ts'
import { RunningFileImports } from '../../src/runtime/imports/running-file-imports.ts'
import { newTarget } from '../support/target.ts'
import { until } from '../support/until.ts'

const rows = 6_000
/** Of 500 rows each; those before the eighth are more than one transaction stores. */
const heldAtChunk = 8

/** The store, which holds an import at a chunk of its rows until it is let go. */
function heldStore(store: Store) {
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>()
  let chunks = 0
  const externalIds: Store['externalIds'] = {
    ...store.externalIds,
    async find(...asked) {
      if (++chunks === heldAtChunk) await isLetGo
      return store.externalIds.find(...asked)
    },
  }
  return { store: { ...store, externalIds }, letGo }
}

function startIn(store: Store, account: AccountKey, dataDir: string) {
  const failures: unknown[] = []
  const settings = { dataDir, clock: Date.now }
  const files = new RunningFileImports(store, settings, (error) => void failures.push(error))
  const lines = Array.from(
    { length: rows },
    (_, n) => `V${n},${1_700_000_000 + n},61,${1 + (n % 50)}\n`,
  )
  const begin = async () => {
    const sent = await files.receive()
    const text = `external_id,visited_at,creator_id,lead_id\n${lines.join('')}`
    await sent.add('visits.csv', chunksOf(text))
    return files.start(account, sent, {}, 'server')
  }
  return { files, failures, begin }
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

it('imports files one at a time, and again where it was interrupted (10.18)', async () => {
  await using target = await newTarget()
  const { account, dataDir } = target
  const held = heldStore(target.store)
  const first = startIn(held.store, account, dataDir)
  const { id } = await first.begin()
  const now = async () => {
    const found = await target.store.imports.find(account, id)
    if (!found) throw new Error('the import is gone')
    return found
  }
  await until(async () => (await now()).progress.counts.created > 0)
  await expect(first.begin()).rejects.toThrow(/still reading files/)
  const ended = first.files[Symbol.asyncDispose]()
  held.letGo()
  await ended
  const { phase, runner, lastError, progress } = await now()
  expect({ phase, runner, lastError }).toEqual({ phase: 'rows', runner: null, lastError: null })
  expect(progress.counts.created).toBeLessThan(rows)

  const second = startIn(target.store, account, dataDir)
  const again = await second.begin()
  const found = async () => (await target.store.imports.find(account, again.id))?.progress.counts
  await until(async () => (await target.store.imports.find(account, again.id))?.runner === null)
  const { created } = progress.counts
  expect(await found()).toMatchObject({ unchanged: created, created: rows - created, rejected: 0 })
  await second.files[Symbol.asyncDispose]()
  expect([...first.failures, ...second.failures]).toEqual([])
  expect(readdirSync(join(dataDir, 'uploads'))).toEqual([])
})
