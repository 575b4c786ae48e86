import type { VisitChangesPage } from '@doorstep/contract/stream'
import type { Visit } from '@doorstep/contract/visits'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { draft, send as sendAsRep, startWithLead } from '../support/check-in.ts'
import { runs } from '../support/runs.ts'
import { outcomeItem, people, recordItem, visitItem, visitItems } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { position } from '../support/stream.ts'

const path = '/v2/visits/changes'
type Who = 'admin' | 'manager' | 'rep' | 'stranger'

async function read(app: TestApp, who: Who, query: string): Promise<VisitChangesPage> {
  const { body, text } = await sendAs(who)(app, 'GET', `${path}?${query}`)
  if (!body.items) throw new Error(text)
  return body
}

const encoded = (at: string) => `position=${encodeURIComponent(at)}`

/** What was reported, and where to go on. */
async function drain(app: TestApp, who: Who, from: string, limit = 100) {
  const items: VisitChangesPage['items'] = []
  for (let at = from; ;) {
    const page = await read(app, who, `${encoded(at)}&limit=${limit}`)
    items.push(...page.items)
    at = page.meta.position
    if (page.meta.top) return { items, position: at }
  }
}

const topOf = async (app: TestApp, who: Who) => (await read(app, who, 'position=top')).meta.position

const brief = ({ items }: Pick<VisitChangesPage, 'items'>) =>
  items.map(({ data, meta }) => [
    data.id,
    meta.event_type,
    ...('reason' in meta ? [meta.reason] : []),
  ])

async function startTeam(): Promise<TestApp> {
  const app = await startApp()
  await app.import([
    outcomeItem(),
    recordItem('lead', 899, people.stranger),
    recordItem('lead', 900, people.rep),
    visitItem({ id: 1 }),
    visitItem({ id: 2, creator_id: people.trainee }),
    visitItem({ id: 3, creator_id: people.stranger, resource_id: 901 }),
    visitItem({ id: 4, creator_id: people.leaver, resource_id: 900 }),
  ])
  return app
}

describe('the changes of visits', () => {
  it('are for an admin what the stream has (10.7)', async () => {
    await using app = await startTeam()
    await send(app, 'DELETE', '/v2/visits/3')

    const { items } = await drain(app, 'admin', 'tail', 2)
    const stream = await app.client.stream.read({ position: 'tail', limit: 100 })
    expect(items).toEqual(stream.items)
  })

  it('are for others those of the visits that they see (10.7, 2.4)', async () => {
    await using app = await startTeam()

    const created = (ids: number[]) => ids.map((id) => [id, 'created'])
    expect(brief(await drain(app, 'rep', 'tail'))).toEqual(created([1, 2, 4]))
    expect(brief(await drain(app, 'manager', 'tail', 1))).toEqual(created([1, 2, 4]))
    expect(brief(await drain(app, 'stranger', 'tail'))).toEqual(created([1, 2, 3]))
  })

  it('report a visit whose record moved to whom sees it now and whom does not (10.7)', async () => {
    await using app = await startTeam()
    const tops = { stranger: await topOf(app, 'stranger'), rep: await topOf(app, 'rep') }
    const admin = await topOf(app, 'admin')

    await send(app, 'PUT', '/v2/leads/900', { owner_id: people.stranger })

    const gone = await drain(app, 'rep', tops.rep)
    expect(gone.items).toMatchObject([
      { data: { id: 4 }, meta: { event_type: 'deleted', reason: 'out_of_sight', sequence: 1 } },
    ])
    expect(gone.items[0]?.data).toEqual({ id: 4 })
    const come = await drain(app, 'stranger', tops.stranger)
    expect(come.items).toMatchObject([
      { data: { id: 4, creator_id: people.leaver }, meta: { event_type: 'created' } },
    ])
    expect(come.items[0]?.meta.event_id).toMatch(/^[\w-]{22}$/)
    expect(brief(await drain(app, 'stranger', come.position))).toEqual([])
    expect(brief(await drain(app, 'manager', tops.rep))).toEqual([[4, 'updated']])
    expect(brief(await drain(app, 'admin', admin))).toEqual([])
  })

  it('report the visits of a person who has another manager (10.7)', async () => {
    await using app = await startTeam()
    const tops = { rep: await topOf(app, 'rep'), stranger: await topOf(app, 'stranger') }

    await send(app, 'PUT', `/v2/users/${people.trainee}`, { reports_to: people.stranger })

    expect(brief(await drain(app, 'rep', tops.rep, 1))).toEqual([[2, 'deleted', 'out_of_sight']])
    expect(brief(await drain(app, 'stranger', tops.stranger))).toEqual([[2, 'created']])
  })

  it('report everything when the reader becomes an admin, and what is left after it (10.7)', async () => {
    await using app = await startTeam()
    const top = await topOf(app, 'rep')

    await send(app, 'PUT', `/v2/users/${people.rep}`, { role: 'admin' })
    await new Promise((resolve) => setTimeout(resolve, 600))
    const promoted = await drain(app, 'rep', top, 3)
    expect(brief(promoted)).toEqual([1, 2, 3, 4].map((id) => [id, 'created']))
    await send(app, 'PUT', `/v2/users/${people.rep}`, { role: 'user' })
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(brief(await drain(app, 'rep', promoted.position))).toEqual([
      [1, 'updated'],
      [2, 'updated'],
      [3, 'deleted', 'out_of_sight'],
      [4, 'updated'],
    ])
  })

  it('name of a deleted visit that is out of sight nothing but its id (10.7)', async () => {
    await using app = await startTeam()
    const top = await topOf(app, 'rep')

    await send(app, 'DELETE', '/v2/visits/3')
    await send(app, 'DELETE', '/v2/visits/4')

    const { items } = await drain(app, 'rep', top)
    expect(brief({ items })).toEqual([
      [3, 'deleted', 'out_of_sight'],
      [4, 'deleted'],
    ])
    expect(items[0]?.data).toEqual({ id: 3 })
  })

  it('wait as the stream does, also for a record that changes hands (10.7, 5.8.2)', async () => {
    await using app = await startTeam()
    const top = await topOf(app, 'stranger')

    const waiting = read(app, 'stranger', `${encoded(top)}&wait=20`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await app.import([visitItem({ id: 8, creator_id: people.leaver, resource_id: 902 })])
    await send(app, 'PUT', '/v2/leads/900', { owner_id: people.stranger })
    expect(brief(await waiting)).toEqual([[4, 'created']])
    const empty = await read(app, 'rep', `${encoded(await topOf(app, 'rep'))}&wait=1`)
    expect([empty.items, empty.meta.top]).toEqual([[], true])
  })

  it('refuse what the stream refuses, and take its positions (10.7, 5.1, 5.4)', async () => {
    await using app = await startTeam()

    for (const query of [
      '',
      '?position=x',
      `?${encoded(position(0, 999))}`,
      '?position=top&page=1',
    ]) {
      expect((await sendAs('rep')(app, 'GET', `${path}${query}`)).status).toBe(400)
    }
    const beyond = btoa('firehose.visit.by_account,0,0;999')
    expect((await sendAs('rep')(app, 'GET', `${path}?${encoded(beyond)}`)).status).toBe(400)
    await send(app, 'PUT', '/v2/leads/900', { owner_id: people.stranger })
    expect(brief(await drain(app, 'stranger', position(0, 4)))).toEqual([[4, 'created']])
    expect(brief(await drain(app, 'rep', position(0, 3)))).toEqual([[4, 'deleted', 'out_of_sight']])
    const seen = await topOf(app, 'admin')
    expect((await app.client.stream.read({ position: seen })).items).toEqual([])
    await app.store.events.raiseGeneration(app.account, 'stream_reset')
    const lost = await sendAs('rep')(app, 'GET', `${path}?${encoded(position(0, 3))}`)
    expect([lost.status, lost.body.errors[0].error.code]).toEqual([410, 'stream_reset'])
  })

  it('with a precise place of another user are looks (10.7, 10.11.1)', async () => {
    await using app = await startWithLead()
    await sendAsRep(app, 'POST', '/v2/visits', draft())

    await drain(app, 'manager', 'tail')
    await app.maintain()
    const { data } = await app.clientOf(app.tokens.rep).locationData.get()
    expect(data.looks).toMatchObject([{ user_id: people.manager }])
  })

  it('say where the rep was to those above, not to the owner of the record (10.7, 4.6)', async () => {
    await using app = await startWithLead()
    await sendAsRep(app, 'POST', '/v2/visits', draft())
    const moved = await topOf(app, 'manager')
    await send(app, 'PUT', `/v2/users/${people.stranger}`, { reports_to: people.manager })
    const latitudes = ({ items }: Pick<VisitChangesPage, 'items'>) =>
      items.map(({ data }) => 'sales_rep_location' in data && data.sales_rep_location.latitude)

    expect(latitudes(await drain(app, 'manager', 'tail'))).toEqual([52.5201])
    expect(latitudes(await drain(app, 'stranger', 'tail'))).toEqual([null])
    expect(latitudes(await drain(app, 'manager', moved))).toEqual([52.5201])
    await app.maintain()
    const { data } = await app.clientOf(app.tokens.rep).locationData.get()
    expect(data.looks.map(({ user_id: id }) => id)).toEqual([people.manager])
  })
})

type Replica = Map<number, readonly unknown[]>

const shown = ({ id, summary, outcome_id: outcome, creator_id: creator }: Visit) =>
  [id, [summary, outcome, creator]] as const

async function exportOf(app: TestApp, who: Who): Promise<{ replica: Replica; position: string }> {
  const visits = app.clientOf(app.tokens[who]).visits.exportEach()
  const replica: Replica = new Map()
  let step = await visits.next()
  for (; !step.done; step = await visits.next()) replica.set(...shown(step.value))
  return { replica, position: step.value.position }
}

function apply(replica: Replica, items: VisitChangesPage['items']): void {
  for (const { data, meta } of items) {
    if (meta.event_type === 'deleted') replica.delete(data.id)
    else if ('summary' in data) {
      replica.set(data.id, [data.summary, data.outcome?.id ?? null, data.creator_id])
    }
  }
}

const person = fc.constantFrom<number>(...Object.values(people))
const lead = fc.constantFrom(899, 900, 901)
const visitId = fc.integer({ min: 1, max: 14 })
const readers = ['manager', 'rep', 'stranger'] as const

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ save: visitId, by: person, to: lead }) },
  { weight: 2, arbitrary: fc.record({ move: lead, to: person }) },
  { weight: 2, arbitrary: fc.record({ person: person, below: fc.option(person) }) },
  fc.record({ remove: visitId }),
  fc.record({ summary: visitId }),
  fc.record({ promote: fc.constantFrom(people.rep, people.stranger), isAdmin: fc.boolean() }),
  {
    weight: 4,
    arbitrary: fc.record({
      read: fc.constantFrom(...readers),
      limit: fc.integer({ min: 1, max: 4 }),
    }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Carries out a step. What is refused, as a circle of managers, changes nothing. */
async function take(app: TestApp, given: Step, at: string): Promise<void> {
  if ('save' in given) {
    const item = visitItem({
      id: given.save,
      creator_id: given.by,
      resource_id: given.to,
      summary: at,
      updated_at: at,
    })
    await app.import([item])
  } else if ('move' in given) {
    await send(app, 'PUT', `/v2/leads/${given.move}`, { owner_id: given.to })
  } else if ('below' in given) {
    await send(app, 'PUT', `/v2/users/${given.person}`, { reports_to: given.below })
  } else if ('remove' in given) {
    await send(app, 'DELETE', `/v2/visits/${given.remove}`)
  } else if ('summary' in given) {
    await send(app, 'PUT', `/v2/visits/${given.summary}`, { summary: `${at} changed` })
  } else if ('promote' in given) {
    const role = given.isAdmin ? 'admin' : 'user'
    await send(app, 'PUT', `/v2/users/${given.promote}`, { role })
  }
}

it('an export and then the changes are what the list shows, whatever moves (10.6, 10.7)', async () => {
  let time = Date.UTC(2027, 0, 1)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      await using app = await startTeam()
      await app.import([
        recordItem('lead', 901, people.leaver),
        ...visitItems(9)
          .slice(4)
          .map(({ data }, index) =>
            visitItem({ ...data, resource_id: 899 + (index % 3), creator_id: people.leaver }),
          ),
      ])
      const kept = new Map<Who, { replica: Replica; position: string }>()
      for (const who of readers) kept.set(who, await exportOf(app, who))
      const go = async (who: Who, limit: number) => {
        const known = kept.get(who)
        if (!known) throw new Error('a reader without an export')
        const page = await read(app, who, `${encoded(known.position)}&limit=${limit}`)
        apply(known.replica, page.items)
        known.position = page.meta.position
        return page.meta.top
      }
      for (const each of steps) {
        time += 60_000
        if ('read' in each) await go(each.read, each.limit)
        else await take(app, each, new Date(time).toISOString())
      }
      for (const who of readers) {
        while (!(await go(who, 3)));
        const list = await Array.fromAsync(app.clientOf(app.tokens[who]).visits.each())
        const replica = [...(kept.get(who)?.replica ?? [])].toSorted(([a], [b]) => a - b)
        expect([who, replica]).toEqual([who, list.map(shown)])
      }
    }),
    { numRuns: runs({ test: 6, rest: 20, isOfSql: true }) },
  )
})
