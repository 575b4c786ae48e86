import { NotFoundError, PreconditionFailedError } from '@doorstep/client/errors'
import { etagOf } from '@doorstep/client/tags'
import { operations } from '@doorstep/contract/api'
import { describe, expect, it } from 'vitest'

import { objects as guarded } from '../../src/http/objects.ts'
import { addReadObjects } from '../support/read-paths.ts'
import { people } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

async function startSeeded(): Promise<TestApp> {
  const app = await startApp()
  await addReadObjects(app, 3)
  return app
}

const tagOf = async (app: TestApp, path: string): Promise<string> =>
  String((await send(app, 'GET', path)).headers.get('ETag'))

const matching = (etag: string) => ({ headers: { 'If-Match': etag } })

const objects: readonly (readonly [
  path: string,
  include: string,
  first: object,
  second: object,
])[] = [
  ['/v2/visits/1', 'verification', { summary: 'mine' }, { summary: 'theirs' }],
  ['/v2/leads/1', 'location', { last_name: 'Mine' }, { last_name: 'Theirs' }],
  ['/v2/contacts/1', 'external_ids,location', { last_name: 'Mine' }, { last_name: 'Theirs' }],
  ['/v2/visit_outcomes/1', 'style', { color: '#111111' }, { color: '#222222' }],
  [`/v2/users/${people.rep}`, '', { name: 'Mine' }, { name: 'Theirs' }],
  ['/v2/lead_statuses/1', '', { name: 'Mine' }, { name: 'Theirs' }],
  ['/v2/lead_sources/1', '', { name: 'Mine' }, { name: 'Theirs' }],
  ['/v2/settings', '', { name: 'Mine' }, { name: 'Theirs' }],
]

/** Of these there is one editor only, or PUT changes what GET does not answer. */
const withoutTag = ['/v2/imports/:id', '/v2/session', '/v2/users/self/location_data']

it('every path with GET, and PUT or DELETE, takes If-Match, but a few (10.1.1)', () => {
  const served = (method: string) =>
    operations.filter((each) => each.method === method).map(({ path }) => path)
  const writable = new Set([...served('PUT'), ...served('DELETE')])
  const both = served('GET').filter((path) => writable.has(path))

  expect(both.toSorted()).toEqual([...withoutTag, ...Object.keys(guarded)].toSorted())
})

describe.each(objects)('%s', (path, include, mine, theirs) => {
  it('is changed for who names it as it is, and not for who has an older one (10.1.1)', async () => {
    await using app = await startSeeded()
    const whole = include ? `${path}?include=${include}` : path
    const etag = await tagOf(app, whole)

    const first = await send(app, 'PUT', path, mine, matching(etag))
    const second = await send(app, 'PUT', path, theirs, matching(etag))

    expect(first.status).toBe(200)
    expect(second.status).toBe(412)
    expect(second.problems).toEqual([[undefined, 'precondition_failed']])
    expect((await send(app, 'GET', whole)).text).toContain(Object.values(mine)[0])
    const third = await send(app, 'PUT', path, theirs, matching(await tagOf(app, path)))
    expect(third.status).toBe(200)
  })

  it('lets one of many win that change it at once (10.1.1)', async () => {
    await using app = await startSeeded()
    const etag = await tagOf(app, path)
    const [attribute = ''] = Object.keys(mine)

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, turn) =>
        send(
          app,
          'PUT',
          path,
          { [attribute]: attribute === 'color' ? `#00000${turn}` : `turn ${turn}` },
          matching(etag),
        ),
      ),
    )

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(412)])
  })

  it('takes *, several tags, and no weak one (10.1.1)', async () => {
    await using app = await startSeeded()
    const etag = await tagOf(app, path)
    const statusOf = async (given: string) =>
      (await send(app, 'PUT', path, mine, matching(given))).status

    expect(await statusOf(`W/${etag}`)).toBe(412)
    expect(await statusOf('"other"')).toBe(412)
    expect(await statusOf('')).toBe(412)
    expect(await statusOf(`"other", ${etag}`)).toBe(200)
    expect(await statusOf('*')).toBe(200)
  })
})

it.each(['/v2/visits/1', '/v2/leads/1', '/v2/contacts/1'])(
  '%s is deleted only as it is named (10.1.1)',
  async (path) => {
    await using app = await startSeeded()
    const etag = await tagOf(app, path)

    expect((await send(app, 'DELETE', path, undefined, matching('"x"'))).status).toBe(412)
    expect((await send(app, 'GET', path)).status).toBe(200)
    expect((await send(app, 'DELETE', path, undefined, matching(etag))).status).toBe(204)
    expect((await send(app, 'DELETE', path, undefined, matching('*'))).status).toBe(404)
  },
)

it('a refused write leaves no event (10.1.1)', async () => {
  await using app = await startSeeded()
  const before = (await send(app, 'GET', '/v3/visits/stream?position=top')).body.meta.position

  await send(app, 'PUT', '/v2/visits/1', { summary: 'no' }, matching('"x"'))
  await send(app, 'DELETE', '/v2/visits/1', undefined, matching('"x"'))

  const after = (await send(app, 'GET', '/v3/visits/stream?position=top')).body.meta.position
  expect(after).toBe(before)
})

it('If-Match reveals nothing that the user may not see or change (2.4, 6.2, 10.1.1)', async () => {
  await using app = await startSeeded()

  const hidden = await sendAs('stranger')(
    app,
    'PUT',
    '/v2/visits/1',
    { summary: 'x' },
    matching('*'),
  )
  const other = await sendAs('stranger')(app, 'DELETE', '/v2/visits/1', undefined, matching('"x"'))
  const lead = await sendAs('stranger')(
    app,
    'PUT',
    '/v2/leads/1',
    { last_name: 'x' },
    matching('"x"'),
  )
  const invalid = await send(app, 'PUT', '/v2/visits/1', { visited_at: 'x' }, matching('"x"'))

  expect([hidden.status, other.status, lead.status, invalid.status]).toEqual([404, 404, 403, 422])
})

it('a path whose objects have no tag refuses If-Match, and POST ignores it (10.1.1)', async () => {
  await using app = await startSeeded()
  const password = { new: 'a new password' }

  const put = await send(app, 'PUT', `/v2/users/${people.rep}/password`, password, matching('*'))
  const post = await send(
    app,
    'POST',
    '/v2/visits',
    { resource_type: 'lead', resource_id: 1 },
    matching('"x"'),
  )

  expect([put.status, post.status]).toEqual([412, 200])
})

it('a field and a plan change only as they are named (10.1.1)', async () => {
  await using app = await startSeeded()
  const stop = (reason: string) => ({
    stops: [{ resource_type: 'lead', resource_id: 1, state: 'skipped', skip_reason: reason }],
  })
  for (const [path, mine, theirs] of [
    ['/v2/lead/custom_fields/1', { type: 'text' }, { type: 'number' }],
    ['/v2/contact/custom_fields/1', { for_contact: false }, { for_company: false }],
    ['/v2/plans/2026-05-09', stop('closed'), stop('snow')],
  ] as const) {
    const etag = await tagOf(app, path)

    const first = await send(app, 'PUT', path, mine, matching(etag))
    const second = await send(app, 'PUT', path, theirs, matching(etag))

    expect([path, first.status, second.status]).toEqual([path, 200, 412])
  }
})

it('an imported object’s tag, and one of a visit that was judged here, hold for PUT (10.1.1)', async () => {
  await using app = await startSeeded()
  const fix = { latitude: 52.5, longitude: 13.4, accuracy_m: 12 }
  const now = new Date().toISOString()
  const { body } = await send(app, 'POST', '/v2/visits', {
    resource_type: 'lead',
    resource_id: 1,
    device: { ...fix, fix_at: now, captured_at: now },
  })

  const all = 'verification,finding,resource,creator,review,external_ids'
  for (const include of ['', 'verification', 'resource', 'finding', 'creator,review', all]) {
    const query = include && `?include=${include}`
    const path = `/v2/visits/${body.data.id}`
    const etag = await tagOf(app, `${path}${query}`)
    const { status } = await send(app, 'PUT', path, { summary: `é "${query}` }, matching(etag))
    expect([query, status]).toEqual([query, 200])
  }
})

it('the SDK sends the tag of what it read, and says who came too late (10.1.1)', async () => {
  await using app = await startSeeded()
  const { visits, leads, contacts, outcomes, users } = app.client
  const place = { include: 'location' } as const
  const outcome = await outcomes.get(1)
  const user = await users.get(people.rep)
  const lead = await leads.get(1, place)
  const contact = await contacts.get(1)
  const visit = await visits.get(1)
  const { settings, plans, leadStatuses } = app.client
  const present = await settings.get()
  const plan = await plans.get('2026-05-09')
  const status = await leadStatuses.get(1)
  const stops = { stops: [{ resource_type: 'lead' as const, resource_id: 1 }] }
  const match = (answer: object) => ({ ifMatch: etagOf(answer) })

  await visits.update(1, { summary: 'mine' }, match(visit))
  await leads.update(1, { last_name: 'Mine' }, match(lead))
  await contacts.update(1, { last_name: 'Mine' }, match(contact))
  await outcomes.update(1, { name: 'Mine' }, match(outcome))
  await users.update(people.rep, { name: 'Mine' }, match(user))
  await settings.update({ radius_m: 200 }, match(present))
  await plans.save('2026-05-09', stops, match(plan))
  await leadStatuses.update(1, { name: 'Mine' }, match(status))

  for (const late of [
    () => visits.update(1, { summary: 'late' }, match(visit)),
    () => visits.remove(1, match(visit)),
    () => leads.update(1, { last_name: 'Late' }, match(lead)),
    () => leads.remove(1, match(lead)),
    () => contacts.remove(1, match(contact)),
    () => outcomes.update(1, { name: 'Late' }, match(outcome)),
    () => users.update(people.rep, { name: 'Late' }, match(user)),
    () => settings.update({ radius_m: 300 }, match(present)),
    () => plans.save('2026-05-09', { stops: [] }, match(plan)),
    () => leadStatuses.update(1, { name: 'Late' }, match(status)),
  ]) {
    await expect(late()).rejects.toBeInstanceOf(PreconditionFailedError)
  }
  await visits.remove(1, match(await visits.get(1)))
  await expect(visits.get(1)).rejects.toBeInstanceOf(NotFoundError)
})
