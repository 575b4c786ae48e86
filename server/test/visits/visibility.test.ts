import type { Client } from '@doorstep/client/client'
import { describe, expect, it } from 'vitest'

import {
  emailOf,
  people,
  recordItem,
  userItem,
  visitItem,
  visitItems,
} from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

const idsSeenBy = async (client: Client, query: Parameters<Client['visits']['each']>[0] = {}) =>
  (await Array.fromAsync(client.visits.each(query))).map(({ id }) => id)

const { manager, rep, trainee, stranger, leaver } = people

/** One visit by each person, on leads of the stranger's. */
async function startTeam(): Promise<TestApp> {
  const app = await startApp()
  await app.import([
    recordItem('lead', 899, stranger),
    visitItem({ id: 1, creator_id: manager }),
    visitItem({ id: 2, creator_id: rep }),
    visitItem({ id: 3, creator_id: trainee }),
    visitItem({ id: 4, creator_id: leaver, resource_id: 901 }),
    visitItem({ id: 5, creator_id: 999, resource_id: 901 }),
  ])
  return app
}

describe('an admin', () => {
  it('sees every visit of the account (2.4)', async () => {
    await using app = await startTeam()

    expect(await idsSeenBy(app.client)).toEqual([1, 2, 3, 4, 5])
  })
})

describe('anyone else', () => {
  it('sees their own visits and those of everyone below them (2.4)', async () => {
    await using app = await startTeam()
    const newcomer = app.clientOf(await app.token(emailOf('trainee')))

    expect(await idsSeenBy(app.clientOf(app.tokens.manager))).toEqual([1, 2, 3, 4])
    expect(await idsSeenBy(app.clientOf(app.tokens.rep))).toEqual([2, 3])
    expect(await idsSeenBy(newcomer)).toEqual([3])
  })

  it('sees visits on leads and contacts that they own, whoever created them (2.4)', async () => {
    await using app = await startTeam()
    await app.import([
      recordItem('contact', 77, stranger),
      visitItem({ id: 6, creator_id: 999, resource_type: 'contact', resource_id: 77 }),
    ])

    expect(await idsSeenBy(app.clientOf(app.tokens.stranger))).toEqual([1, 2, 3, 6])
  })

  it('sees visits on what the people below them own (2.4)', async () => {
    await using app = await startTeam()
    await app.import([recordItem('lead', 901, trainee)])

    expect(await idsSeenBy(app.clientOf(app.tokens.manager))).toEqual([1, 2, 3, 4, 5])
  })

  it('sees them as long as they own the lead now (2.4)', async () => {
    await using app = await startTeam()
    const before = app.clientOf(app.tokens.stranger)
    const after = app.clientOf(app.tokens.rep)
    expect(await idsSeenBy(before)).toEqual([1, 2, 3])

    await app.import([recordItem('lead', 899, rep, '2026-06-01T00:00:00Z')])

    expect(await idsSeenBy(before)).toEqual([])
    expect(await idsSeenBy(after)).toEqual([1, 2, 3])
  })

  it('distinguishes a lead from a contact with the same id (2.4)', async () => {
    await using app = await startTeam()
    await app.import([visitItem({ id: 6, creator_id: 999, resource_type: 'contact' })])

    expect(await idsSeenBy(app.clientOf(app.tokens.stranger))).toEqual([1, 2, 3])
  })

  it('sees what a change of reports_to gives them, at once (2.4)', async () => {
    await using app = await startTeam()
    const client = app.clientOf(app.tokens.stranger)
    for (let asked = 0; asked < 3; asked++) expect(await idsSeenBy(client)).toEqual([1, 2, 3])

    const moved = { reports_to: stranger, updated_at: '2026-06-01T00:00:00Z' }
    await app.import([userItem({ id: leaver, email: emailOf('leaver'), ...moved })])

    expect(await idsSeenBy(client)).toEqual([1, 2, 3, 4])
  })

  it('is no less bound with filters and sorts (2.4)', async () => {
    await using app = await startTeam()
    const client = app.clientOf(app.tokens.rep)

    expect(await idsSeenBy(client, { ids: [1, 2, 3, 4, 5] })).toEqual([2, 3])
    expect(await idsSeenBy(client, { creator_id: manager })).toEqual([])
    expect(await idsSeenBy(client, { resource_type: 'lead', resource_id: 899 })).toEqual([2, 3])
    expect(await idsSeenBy(client, { sort_by: 'visited_at:desc' })).toEqual([3, 2])
    expect(await idsSeenBy(client, { rep_location_verification_status: 'verified' })).toEqual([
      2, 3,
    ])
  })

  it('sees the visits of a team of a hundred, page by page (2.4)', async () => {
    await using app = await startTeam()
    const team = Array.from({ length: 100 }, (_, index) => 1001 + index)
    await app.import(team.map((id) => userItem({ id, reports_to: stranger })))
    const visits = visitItems(300, { resource_id: 950 }).map(({ data }) =>
      visitItem({ ...data, id: data.id + 100, creator_id: 1001 + (data.id % 101) }),
    )
    await app.import(visits)
    const mine = visits.filter(({ data }) => team.includes(data.creator_id))

    const seen = await idsSeenBy(app.clientOf(app.tokens.stranger), { per_page: 40 })

    expect(seen).toEqual([1, 2, 3, ...mine.map(({ data }) => data.id)])
  })

  it('survives people who report to one another (2.4)', async () => {
    await using app = await startTeam()
    const circle = { reports_to: trainee, updated_at: '2026-06-01T00:00:00Z' }
    await app.import([userItem({ id: manager, email: emailOf('manager'), ...circle })])

    expect(await idsSeenBy(app.clientOf(app.tokens.rep))).toEqual([1, 2, 3, 4])
  })
})

describe('another account', () => {
  it('has visits of its own under the same ids (1.10, 2.3)', async () => {
    await using app = await startTeam()
    await app.import([visitItem({ id: 1, summary: 'theirs' })], app.otherAccount)
    const other = app.clientOf(app.tokens.otherAdmin)

    expect((await other.visits.list()).items.map(({ data }) => data.summary)).toEqual(['theirs'])
    expect((await app.client.visits.list({ ids: [1] })).items[0]?.data.summary).not.toBe('theirs')
    expect((await other.stream.read({ position: 'tail' })).items).toHaveLength(1)
  })

  it('answers an id of this account as one that does not exist (2.3)', async () => {
    await using app = await startTeam()
    const other = app.clientOf(app.tokens.otherAdmin)
    const refusalOf = (id: number) =>
      other.users.get(id).catch((error: unknown) => String(error).replaceAll(String(id), 'ID'))

    expect(await refusalOf(rep)).toBe(await refusalOf(123_456))
    expect(await refusalOf(rep)).toContain('NotFoundError')
    expect(await idsSeenBy(other, { ids: [1, 2], creator_id: rep })).toEqual([])
  })
})
