import { expect, it } from 'vitest'

import type { Store } from '../../src/domain/store.ts'
import { maintain } from '../../src/rules/maintenance.ts'
import { newEventId } from '../../src/runtime/secrets.ts'
import { startApp } from '../support/start.ts'

const hourMs = 3_600_000

it('does all other background work when the work of one account, or what is for all, fails', async () => {
  await using app = await startApp()
  const { store, account, otherAccount } = app
  const broken = new Error('broken')
  const done: number[] = []
  const failing: Store = {
    ...store,
    events: { ...store.events, rotate: () => Promise.reject(broken) },
    outcomes: {
      ...store.outcomes,
      hasRenamed: (of) => (of === account ? Promise.reject(broken) : store.outcomes.hasRenamed(of)),
    },
    sessions: {
      ...store.sessions,
      drop: async (of, before) => {
        await store.sessions.drop(of, before)
        done.push(of)
      },
    },
  }
  const failures: unknown[] = []
  await maintain(failing, {
    fixed: [],
    clock: Date.now,
    retentionMs: 72 * hourMs,
    repLocationMs: 1_000 * hourMs,
    newEventId,
    onError: (error, of) => void failures.push([error, of]),
  })
  expect(failures).toEqual([
    [broken, undefined],
    [broken, account],
  ])
  expect(done).toEqual([otherAccount])
})
