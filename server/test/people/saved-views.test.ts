import { describe, expect, it } from 'vitest'

import { people } from '../support/sell-items.ts'
import { listedIds, send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const view = {
  name: 'Too far',
  query: 'rep_location_verification_status=resource_location_too_far&sort_by=visited_at:desc',
  columns: ['visited_at', 'creator.name', 'verification.distance_m'],
}

const sharedBy = async (app: TestApp, who: 'rep' | 'manager', is_shared: boolean) =>
  (await sendAs(who)(app, 'POST', '/v2/saved_views', { ...view, is_shared })).body.data

const path = '/v2/saved_views'

describe('saved views', () => {
  it('are kept as they were sent, changed in part, and deleted (10.14)', async () => {
    await using app = await startApp()

    const { body } = await send(app, 'POST', path, view)
    expect(body.data).toMatchObject({ ...view, is_shared: false })
    const own = `${path}/${body.data.id}`
    const changed = await send(app, 'PUT', own, { name: 'All', query: '', columns: [] })
    expect(changed.body.data).toMatchObject({ name: 'All', query: '', columns: [] })
    expect(await listedIds(app, path)).toEqual([body.data.id])
    expect((await send(app, 'DELETE', own)).status).toBe(204)
    expect((await send(app, 'DELETE', own)).status).toBe(404)
    expect(await listedIds(app, path)).toEqual([])
  })

  it('are seen by their creator, and by the whole account if shared, never beyond (10.14)', async () => {
    await using app = await startApp()
    const [own, shared] = [await sharedBy(app, 'rep', false), await sharedBy(app, 'rep', true)]
    const seenBy = async (who: keyof TestApp['tokens']) => {
      const { body } = await sendAs(who)(app, 'GET', path)
      return body.items.map(({ data }: { data: { id: number } }) => data.id)
    }

    expect(await seenBy('rep')).toEqual([own.id, shared.id])
    expect(await seenBy('stranger')).toEqual([shared.id])
    expect(await seenBy('admin')).toEqual([shared.id])
    expect(await seenBy('otherAdmin')).toEqual([])
  })

  it('are changed by their creator, and shared ones by admins too (10.14)', async () => {
    await using app = await startApp()
    const own = `${path}/${(await sharedBy(app, 'rep', false)).id}`
    const shared = `${path}/${(await sharedBy(app, 'rep', true)).id}`
    const change = async (who: keyof TestApp['tokens'], of: string) =>
      (await sendAs(who)(app, 'PUT', of, { name: 'Mine' })).status

    expect(await change('manager', shared)).toBe(403)
    expect(await change('manager', own)).toBe(404)
    expect(await change('admin', own)).toBe(404)
    expect(await change('otherAdmin', shared)).toBe(404)
    expect(await change('admin', shared)).toBe(200)
    expect((await sendAs('manager')(app, 'DELETE', shared)).status).toBe(403)
    expect((await send(app, 'DELETE', shared)).status).toBe(204)
    expect((await send(app, 'DELETE', own)).status).toBe(404)
  })

  it.each([
    ['colour=red', ['/query']],
    ['?outcome_id=1', ['/query']],
    ['resource_id=5', ['/query']],
    ['outcome_id=x&per_page=0', ['/query', '/query']],
    ['sort_by=id&sort_by=visited_at', ['/query']],
    ['bbox=13,53,14,52', ['/query']],
    ['visited_at[gte]=yesterday', ['/query']],
    ['__proto__=1', ['/query']],
    ['constructor[x]=1', ['/query']],
  ])('are refused with the query %s, which no list answers (10.14)', async (query, fields) => {
    await using app = await startApp()

    const { status, problems } = await send(app, 'POST', path, { ...view, query })

    expect([status, problems]).toEqual([422, fields.map((field) => [field, 'incorrect_value'])])
  })

  it('have limits: of names, columns, and 100 a user (10.14)', async () => {
    await using app = await startApp()
    const columns = Array.from({ length: 51 }, (_, index) => `c${index}`)
    const refused = async (given: object) =>
      (await send(app, 'POST', path, { ...view, ...given })).problems

    expect(await refused({ columns })).toEqual([['/columns', 'incorrect_value']])
    expect(await refused({ columns: ['a b'] })).toEqual([['/columns/0', 'incorrect_value']])
    expect(await refused({ name: ' ' })).toEqual([['/name', 'blank']])
    expect(await refused({ name: 'x'.repeat(101) })).toEqual([['/name', 'incorrect_value']])
    expect(await refused({ query: `ids=${'1,'.repeat(1_500)}` })).toEqual([
      ['/query', 'incorrect_value'],
    ])
    const answers = await Promise.all(
      Array.from({ length: 101 }, () => sendAs('rep')(app, 'POST', path, view)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100)
    expect(answers.find(({ status }) => status !== 200)?.problems).toEqual([
      ['/name', 'incorrect_value'],
    ])
    expect((await sendAs('manager')(app, 'POST', path, view)).status).toBe(200)
  })

  it('are saved once for each key (6.3, 10.14)', async () => {
    await using app = await startApp()

    const first = await send(app, 'POST', path, view, { key: 'view-1' })
    const again = await send(app, 'POST', path, view, { key: 'view-1' })

    expect(again.text).toBe(first.text)
    expect(await listedIds(app, path)).toHaveLength(1)
    expect(first.body.data.creator_id).not.toBe(people.rep)
  })
})
