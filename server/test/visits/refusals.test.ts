import { expect, it } from 'vitest'

import type { Store } from '../../src/domain/store.ts'
import { newStore } from '../support/engine.ts'
import { outcomeItem, people, recordItem, visitItem } from '../support/sell-items.ts'
import { sendAs } from '../support/send.ts'
import { startApp } from '../support/start.ts'

const send = sendAs('admin')

/** An app with visit 1 to lead 899, and its store as another process sees it. */
async function startTwice() {
  let openAgain: (() => Promise<Store>) | undefined
  const app = await startApp({
    newStore: async (clock) => {
      const made = await newStore(clock)
      openAgain = made.openAgain
      return made
    },
  })
  await app.import([outcomeItem(), recordItem('lead', 899, people.rep), visitItem()])
  if (!openAgain) throw new Error('no store was opened')
  return { app, other: await openAgain() }
}

/** Takes the account's write turn, and holds it until `release` is called. */
async function hold(store: Store, account: number) {
  const taken = Promise.withResolvers<void>()
  const { promise, resolve: release } = Promise.withResolvers<void>()
  const holding = store.write(account, () => {
    taken.resolve()
    return promise
  })
  await taken.promise
  return { release, holding }
}

const visit = { resource_type: 'lead', resource_id: 899 }
const refused = [
  ['POST', '/v2/visits', { ...visit, resource_id: 1 }, 422, ['/resource_id']],
  ['POST', '/v2/visits', { ...visit, outcome_id: 1, color: 1 }, 422, ['/color', '/outcome_id']],
  ['PUT', '/v2/visits/1', { outcome_id: 1 }, 422, ['/outcome_id']],
  ['PUT', '/v2/visits/1', { outcome_id: 1, color: 1 }, 422, ['/color', '/outcome_id']],
  ['PUT', '/v2/visits/77', { outcome_id: 1 }, 404, [undefined]],
  [
    'POST',
    '/v2/pin_changes',
    { ...visit, resource_id: 1, latitude: 1, longitude: 1 },
    422,
    ['/resource_id'],
  ],
  ['POST', '/v2/users', { name: 'Ann', email: 'admin@acme.example' }, 422, ['/email']],
  ['POST', '/v2/users', { email: 'admin@acme.example' }, 422, ['/name', '/email']],
  ['PUT', '/v2/users/502', { reports_to: 1 }, 422, ['/reports_to']],
  ['PUT', '/v2/users/77', { reports_to: 1 }, 404, [undefined]],
  ['POST', '/v2/visit_outcomes', { name: 'Interested' }, 422, ['/name']],
  ['PUT', '/v2/visit_outcomes/77', { name: 'Interested' }, 404, [undefined]],
  ['POST', '/v2/visit_outcomes/33/merge', { into_id: 1 }, 422, ['/into_id']],
  ['POST', '/v2/leads', { last_name: 'Li', owner_id: 1 }, 422, ['/owner_id']],
  ['PUT', '/v2/leads/899', { owner_id: 1 }, 422, ['/owner_id']],
  ['PUT', '/v2/leads/899', { owner_id: 1, city: 1 }, 422, ['/city', '/owner_id']],
  ['POST', '/v2/leads/upsert?last_name=Li', { last_name: 'Li', owner_id: 1 }, 422, ['/owner_id']],
] as const

it('refuses bodies while another process holds the write turn: a refusal takes none (6.5)', async () => {
  const { app, other } = await startTwice()
  await using _ = { [Symbol.asyncDispose]: () => other[Symbol.asyncDispose]().then(app.close) }
  const { release, holding } = await hold(other, app.account)
  try {
    let isAccepted = false
    const accepted = send(app, 'POST', '/v2/visits', visit).finally(() => (isAccepted = true))
    for (const [method, path, body, status, fields] of refused) {
      for (const key of [undefined, `key ${path}`.replaceAll(' ', '-')]) {
        const answer = await send(app, method, path, body, key === undefined ? {} : { key })
        const named = answer.problems.map(([field]) => field)
        expect([method, path, answer.status, named]).toEqual([method, path, status, fields])
      }
    }
    expect(isAccepted).toBe(false)
    release()
    expect((await accepted).status).toBe(200)
  } finally {
    release()
    await holding
  }
})

it('answers a stored key again though its references are wrong by now (6.3)', async () => {
  await using app = await startApp()
  await app.import([recordItem('lead', 899, people.rep)])
  const user = { name: 'Ann', email: 'ann@acme.example' }
  const [first, added] = [
    await send(app, 'POST', '/v2/visits', visit, { key: 'once' }),
    await send(app, 'POST', '/v2/users', user, { key: 'user' }),
  ]
  await send(app, 'DELETE', '/v2/leads/899')
  expect((await send(app, 'POST', '/v2/visits', visit)).status).toBe(422)
  expect((await send(app, 'POST', '/v2/users', user)).status).toBe(422)
  const again = await send(app, 'POST', '/v2/visits', visit, { key: 'once' })
  expect([again.status, again.text]).toEqual([200, first.text])
  expect((await send(app, 'POST', '/v2/users', user, { key: 'user' })).text).toBe(added.text)
  const other = await send(app, 'POST', '/v2/visits', { ...visit, summary: 'x' }, { key: 'once' })
  expect(other.problems).toEqual([[undefined, 'idempotency_key_reused']])
})
