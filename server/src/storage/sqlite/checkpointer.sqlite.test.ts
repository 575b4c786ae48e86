import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { temporaryFolder } from '../../../test/support/temporary.ts'
import { addAccount, addVisits, listIds, request, world } from '../contract/example-store.ts'
import { openSqliteStore } from './open.ts'

const summary = 'x'.repeat(9_000)

test('copies committed pages back into the file while the writer works', async () => {
  const file = join(temporaryFolder(), 'doorstep.db')
  const onDiskError = (error: Error) => {
    throw error
  }
  await using store = openSqliteStore({ file, purpose: 'reading', clock: Date.now, onDiskError })
  const account = await addAccount(store, 'Busy')
  const written = Array.from({ length: 8 }, (_, round) =>
    world.map((visit) => ({ ...visit, id: visit.id + round * 10_000, summary })),
  )
  for (const visits of written) await addVisits(store, account, visits)
  using log = new DatabaseSync(file, { readOnly: true })
  const copiedPages = () =>
    Number(log.prepare('pragma wal_checkpoint(noop)').get()?.['checkpointed'])

  for (let waits = 0; copiedPages() === 0 && waits < 100; waits++) await pause(100)

  expect(copiedPages()).toBeGreaterThan(0)
  const [first] = world
  const filter = { ids: [first?.id ?? 0] }
  expect(await listIds(store, account, request({ filter }))).toEqual([first?.id])
})
