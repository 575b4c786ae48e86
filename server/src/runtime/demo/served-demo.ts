import { setImmediate as turn } from 'node:timers/promises'

import type { AccountKey } from '../../domain/accounts.ts'
import type { DemoTeam } from '../../domain/demo.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Store } from '../../domain/store.ts'
import { removeDemo } from '../../rules/demo.ts'
import { newEventId } from '../secrets.ts'
import { hasData, importDemo, smallDemo } from './demo-data.ts'

/** Objects in one transaction: requests are answered in between. */
const batchMax = 50

/** How long a process that has died keeps others from the demo team. */
const reservedMs = 60_000

const adminsMax = 1_000

/** Adds and removes the demo team while the server answers other requests. */
export const servedDemo = (store: Store): DemoTeam => ({
  add: (account) =>
    reserved(store, account, async (beforeBatch) => {
      const demo = smallDemo(Date.now())
      if (await store.demo.has(account)) {
        const there = await store.demo.count(account)
        if (there.visit === demo.visits) return there
        // NOTE: the team of an hour ago is another one, so that it cannot be completed.
        await removeAll(store, account, beforeBatch)
      } else if (await hasData(store, account)) {
        throw new DomainError(
          'conflict',
          'The account has visits, leads or contacts of its own. The demo team is for empty accounts.',
        )
      }
      const how = { batchMax, keepsAccount: true, isLogged: true, beforeBatch }
      await importDemo(store, account, demo, how)
      return store.demo.count(account)
    }),
  remove: (account) =>
    reserved(store, account, async (beforeBatch) => {
      if (!(await store.demo.has(account))) return false
      await removeAll(store, account, beforeBatch)
      return true
    }),
})

async function removeAll(
  store: Store,
  account: AccountKey,
  beforeBatch: () => Promise<void>,
): Promise<void> {
  await requireOwnAdmin(store, account)
  for (let isMore = true; isMore;) {
    await beforeBatch()
    const context = { now: Date.now(), newEventId }
    isMore = await store.write(account, (tx) => removeDemo(tx, batchMax, context))
  }
}

/** Runs work that no other process may do at the same time. */
async function reserved<Result>(
  store: Store,
  account: AccountKey,
  work: (beforeBatch: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const reserve = (now: number) =>
    store.write(account, (tx) => tx.demo.reserve(Date.now() + reservedMs, now))
  if (!(await reserve(Date.now()))) {
    throw new DomainError('busy', 'The demo team is being added or removed. Try again shortly.')
  }
  try {
    return await work(async () => {
      await reserve(Number.MAX_SAFE_INTEGER)
      await turn()
    })
  } finally {
    await store.write(account, (tx) => tx.demo.reserve(null, Date.now()))
  }
}

/** Throws `conflict` unless an admin stays when the demo team has gone. */
async function requireOwnAdmin(store: Store, account: AccountKey): Promise<void> {
  const sort = { field: 'id', descending: true } as const
  const filter = { role: 'admin', status: 'active' }
  const { rows } = await store.users.list(account, filter, { offset: 0, limit: adminsMax, sort })
  const ids = rows.map(({ id }) => id)
  const demo = await store.write(account, (tx) => tx.demo.findNoted('user', ids))
  if (demo.size < ids.length) return
  throw new DomainError(
    'conflict',
    'All admins are of the demo team. Add an admin of your own first, who stays.',
  )
}
