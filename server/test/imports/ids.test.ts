import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type RejectedItem, runImport } from '../../src/importer/run-import.ts'
import { newEventId } from '../../src/runtime/secrets.ts'
import { doorstep } from '../support/doorstep.ts'
import {
  accountItem,
  outcomeItem,
  people,
  recordItem,
  userItem,
  visitEventItem,
  visitItem,
} from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'

const first = 2_000_000_000
const highest = Number.MAX_SAFE_INTEGER
const leadId = 899

/** Imports items of which some may be rejected. */
async function importAll({ store, account }: TestApp, items: readonly unknown[]) {
  async function* pieces() {
    for (const [index, value] of items.entries()) yield { file: 'f', line: 1, index, value }
  }
  const rejected: RejectedItem[] = []
  const counts = await runImport(pieces(), {
    store,
    account,
    clock: Date.now,
    newEventId,
    isDryRun: false,
    onRejected: (item) => rejected.push(item),
    onProgress: () => {},
  })
  return { counts, rejected: rejected.map(({ field, reason }) => `${field} ${reason}`) }
}

const withId = (item: { data: object; meta: object }, id: number) => ({
  ...item,
  data: { ...item.data, id },
})

const kinds = [
  ['visit', visitItem()],
  ['event', visitEventItem()],
  ['visit_outcome', outcomeItem()],
  ['user', userItem({ id: 1 })],
  ['lead', recordItem('lead', 1, people.rep)],
  ['contact', recordItem('contact', 1, people.rep)],
  ['account', accountItem()],
] as const

const lead = { last_name: 'New' }
const visit = { resource_type: 'lead', resource_id: leadId }

/** One of every kind that is created here. */
const creations = [
  ['/v2/visits', visit],
  ['/v2/leads', lead],
  ['/v2/contacts', lead],
  ['/v2/users', { name: 'New', email: 'new@acme.example' }],
  ['/v2/visit_outcomes', { name: 'New' }],
] as const

describe('ids of the range that this server gives', () => {
  it.each(kinds)('are rejected in an import, with the reason: %s (1.10)', async (_, item) => {
    await using app = await startApp()
    const ids = [first, first + 5, highest]
    const { counts, rejected } = await importAll(
      app,
      ids.map((id) => withId(item, id)),
    )
    expect(counts).toMatchObject({ created: 0, updated: 0, rejected: 3 })
    for (const why of rejected) expect(why).toMatch(/^\/data\/id must be below 2000000000/)
  })

  it('are rejected as ids of outcomes inside events (1.10, 5.3)', async () => {
    await using app = await startApp()
    const outcome = { has_original_name: true, name: 'Won', id: highest }
    const { rejected } = await importAll(app, [visitEventItem({ outcome })])
    expect(rejected.join()).toContain('/data/outcome/id must be below')
    await send(app, 'POST', '/v2/visit_outcomes', { name: 'Lost' })
    expect((await send(app, 'GET', '/v2/visit_outcomes')).status).toBe(200)
  })

  it('are rejected in a file of CSV (1.10)', async () => {
    const dataDir = temporaryFolder()
    await doorstep(['init', '--account', 'Acme', '--email', 'ada@acme.example'], dataDir)
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'leads.0.csv'), `id,last_name\n${highest},One\n7,Two\n`)
    const { stdout, stderr } = await doorstep(['import', 'csv', folder, '--json'], dataDir)
    expect(stderr).toContain('must be below')
    expect(JSON.parse(stdout)).toMatchObject({ created: 1, rejected: 1 })
    expect((await doorstep(['doctor'], dataDir)).status).toBe(0)
  })
})

describe('what was created here', () => {
  it('is changed by no import, whatever its id (1.10, 6.4)', async () => {
    await using app = await startApp()
    await app.import([recordItem('lead', leadId, people.rep)])
    const made = new Map<string, { data: { id: number } }>()
    for (const [path, data] of creations) {
      const { body, status } = await send(app, 'POST', path, data)
      expect(status, path).toBe(200)
      made.set(path, body)
    }
    const idOf = (path: string) => made.get(path)?.data.id ?? 0
    const later = '2099-01-01T00:00:00.000Z'
    const items = [
      withId(visitItem({ updated_at: later }), idOf('/v2/visits')),
      withId(visitEventItem({}, { event_type: 'deleted', sequence: 9 }), idOf('/v2/visits')),
      recordItem('lead', idOf('/v2/leads'), people.rep, later),
      recordItem('contact', idOf('/v2/contacts'), people.rep, later),
      userItem({ id: idOf('/v2/users'), updated_at: later }),
      outcomeItem({ id: idOf('/v2/visit_outcomes'), updated_at: later }),
    ]
    const { counts } = await importAll(app, items)
    expect(counts).toMatchObject({ rejected: items.length })
    for (const [path, body] of made) {
      const found = await send(app, 'GET', `${path}/${body.data.id}`)
      expect(found.body.data, path).toEqual(body.data)
    }
  })

  it('is changed by no row of a CSV that names the same visit (6.4)', async () => {
    await using app = await startApp()
    await app.import([recordItem('lead', leadId, people.rep)])
    const { body } = await send(app, 'POST', '/v2/visits', visit)
    async function* pieces() {
      const value = withId(visitItem({ summary: 'theirs' }), body.data.id)
      yield { file: 'f', line: 1, index: 0, value, isNumberedHere: true }
    }
    const rejected: string[] = []
    await runImport(pieces(), {
      store: app.store,
      account: app.account,
      clock: Date.now,
      newEventId,
      isDryRun: false,
      onRejected: ({ reason }) => rejected.push(reason),
      onProgress: () => {},
    })
    expect(rejected).toEqual([`visit ${body.data.id} was logged here, and no import changes it`])
    expect((await send(app, 'GET', `/v2/visits/${body.data.id}`)).body.data).toEqual(body.data)
  })
})

const counters = ['visit', 'lead', 'contact', 'user', 'outcome'].map((name) => `next_${name}_id`)

describe('a store whose counters stand at the limit', () => {
  it.each(['9007199254740991', '9007199254740992', '9223372036854775806'])(
    'reads, and refuses creations with a sentence: %s (1.10, 8.2)',
    async (limit) => {
      await using app = await startApp()
      await app.import([recordItem('lead', leadId, people.rep), visitItem()])
      const set = counters.map((name) => `${name} = ${limit}`).join(', ')
      await app.change(`update accounts set ${set}`)
      expect((await send(app, 'GET', '/v2/visits')).body.items).toHaveLength(1)
      expect((await send(app, 'GET', '/v2/accounts/self')).status).toBe(200)
      expect(await app.store.check(app.account)).toEqual([])
      for (const [path, data] of [...creations, ...creations]) {
        const { status, text } = await send(app, 'POST', path, data)
        expect({ path, status }).toEqual({ path, status: 503 })
        expect(text).toContain('no id left')
      }
      await app.import([visitItem({ id: 2 })])
    },
  )

  it('gives the last id below the limit once (1.10)', async () => {
    await using app = await startApp()
    await app.import([recordItem('lead', leadId, people.rep)])
    await app.change(`update accounts set next_visit_id = ${highest - 1}`)
    const answers = await Promise.all(
      [visit, visit, visit].map((each) => send(app, 'POST', '/v2/visits', each)),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 503, 503])
    const { body } = await send(app, 'GET', `/v2/visits/${highest - 1}`)
    expect(body.data.resource_id).toBe(leadId)
  })
})
