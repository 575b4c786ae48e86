import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { people, recordItem } from '../support/sell-items.ts'
import { sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const send = sendAs('rep')
const now = Date.UTC(2026, 4, 9, 7, 30)

let app: TestApp

beforeAll(async () => {
  app = await startApp({ clock: () => now })
})

afterAll(() => app.close())

const office = { latitude: 52.52, longitude: 13.405, location_precision: 'rooftop' }
const nowhere = { latitude: null, longitude: null, location_precision: null }
const depot = { name: 'Depot', latitude: 52.6, longitude: 13.5, location_precision: 'pin' }

describe.each(['leads', 'contacts'])('the place of %s (9.1.3)', (resource) => {
  const path = `/v2/${resource}`
  const withLocation = '?include=location'

  /** A record of the rep's that an admin has made. */
  async function create(data: object): Promise<string> {
    const given = { last_name: 'Mill', owner_id: people.rep, ...data }
    const { status, body } = await send(app, 'POST', path, given, { token: app.tokens.admin })
    expect(status).toBe(200)
    return `${path}/${body.data.id}`
  }

  const locate = async (one: string) => (await send(app, 'GET', one + withLocation)).body.data
  const change = (one: string, data: object) => send(app, 'PUT', one + withLocation, data)
  const changeAsAdmin = (one: string, data: object) =>
    send(app, 'PUT', one + withLocation, data, { token: app.tokens.admin })

  it('is written under its own names, and answered when asked for', async () => {
    const given = { ...office, verification_radius_m: 120, sites: [depot] }
    const one = await create(given)
    expect(await locate(one)).toMatchObject(given)
    const { body } = await send(app, 'GET', one)
    for (const name of Object.keys(given)) expect(body.data).not.toHaveProperty(name)
    const list = await send(app, 'GET', `${path}${withLocation}&ids=${body.data.id}`)
    expect(list.body.items[0].data).toEqual(await locate(one))
    expect(list.body.meta.links.self).toContain('include=location')
  })

  it('is nothing where nothing was given, and a pin where only degrees are', async () => {
    const one = await create({})
    const none = { ...nowhere, verification_radius_m: null, sites: [] }
    expect(await locate(one)).toMatchObject(none)
    const { latitude, longitude } = office
    const sites = [{ latitude, longitude }]
    const { body } = await changeAsAdmin(one, { latitude, longitude, sites })
    expect(body.data).toMatchObject({
      location_precision: 'pin',
      sites: [{ name: null, latitude, longitude, location_precision: 'pin' }],
    })
    const cleared = await changeAsAdmin(one, { ...nowhere, sites: [] })
    expect(cleared.body.data).toMatchObject(none)
  })

  it.each([
    ['latitude alone', { latitude: 1 }, ['/longitude', 'missing']],
    ['longitude alone', { longitude: 1 }, ['/latitude', 'missing']],
    ['half of nothing', { latitude: null, longitude: 1 }, ['/latitude', 'blank']],
    ['a precision alone', { location_precision: 'pin' }, ['/latitude', 'missing']],
    ['no precision', { ...office, location_precision: 'near' }, ['/location_precision']],
    ['beyond the pole', { ...office, latitude: 91 }, ['/latitude']],
    ['beyond the date line', { ...office, longitude: -181 }, ['/longitude']],
    ['a small radius', { verification_radius_m: 49 }, ['/verification_radius_m']],
    ['a large radius', { verification_radius_m: 2001 }, ['/verification_radius_m']],
    ['half a metre', { verification_radius_m: 99.5 }, ['/verification_radius_m', 'invalid_type']],
    ['21 sites', { sites: Array.from({ length: 21 }, () => depot) }, ['/sites']],
    ['half a site', { sites: [depot, { latitude: 1 }] }, ['/sites/1/longitude', 'missing']],
  ])('refuses %s (6.5)', async (_, data, [field, code = 'incorrect_value']) => {
    const given = { last_name: 'Mill', ...data }
    const created = await send(app, 'POST', path, given, { token: app.tokens.admin })
    expect(created.problems).toEqual([[field, code]])
    const changed = await changeAsAdmin(await create({}), data)
    expect(changed.problems).toEqual([[field, code]])
  })

  it('is dropped with the address that it belonged to, unless it was pinned, given, or set by somebody above (7.2)', async () => {
    const address = { line1: '4 Mill Lane', city: 'Berlin' }
    const moved = { address: { line1: '5 Mill Lane' } }
    const found = await create({ ...office, address, sites: [depot] })
    expect((await change(found, { address, title: 'Director' })).body.data).toMatchObject(office)
    expect((await change(found, moved)).body.data).toMatchObject(office)
    const again = { address: { line1: '6 Mill Lane' } }
    const { body } = await changeAsAdmin(found, again)
    expect(body.data).toMatchObject({ ...nowhere, sites: [depot] })
    const pin = { ...office, location_precision: 'pin' }
    const pinned = await create({ ...pin, address })
    expect((await change(pinned, moved)).body.data).toMatchObject(pin)
    const both = await create({ address })
    expect((await change(both, { ...moved, ...office })).body.data).toMatchObject(office)
  })

  it('decides visits: the nearest site, within the record’s own radius (7)', async () => {
    const one = await create({ ...office, verification_radius_m: 100, sites: [depot] })
    const id = Number(one.split('/').at(-1))
    const visit = async (latitude: number, longitude: number) => {
      const at = new Date(now).toISOString()
      const { body } = await send(app, 'POST', '/v2/visits?include=verification', {
        resource_type: resource.slice(0, -1),
        resource_id: id,
        device: { latitude, longitude, accuracy_m: 10, fix_at: at, captured_at: at },
      })
      return body.data.verification
    }
    expect(await visit(52.6, 13.5005)).toMatchObject({
      status: 'verified',
      radius_m: 100,
      point: { latitude: 52.6, longitude: 13.5 },
      precision: 'pin',
    })
    expect(await visit(52.522, 13.405)).toMatchObject({ status: 'resource_location_too_far' })
    await changeAsAdmin(one, { verification_radius_m: null })
    expect(await visit(52.522, 13.405)).toMatchObject({ status: 'verified', radius_m: 300 })
  })

  it('is moved by those above the owner, who proposes it instead (7.2)', async () => {
    const one = await create({ ...office, sites: [depot] })
    const moves = { latitude: 10, longitude: 10, verification_radius_m: 2000, sites: [] }
    const refused = await change(one, moves)
    expect(refused.problems).toEqual([
      ['/latitude', 'incorrect_value'],
      ['/verification_radius_m', 'incorrect_value'],
      ['/sites', 'incorrect_value'],
    ])
    const { sites, latitude, longitude, location_precision } = await locate(one)
    const same = { sites, latitude, longitude, location_precision }
    expect((await change(one, same)).status).toBe(200)
    const manager = { token: app.tokens.manager }
    expect((await send(app, 'PUT', one, moves, manager)).status).toBe(200)
  })

  it('survives an import without a location', async () => {
    const type = resource === 'leads' ? 'lead' : 'contact'
    const item = (at: string) => recordItem(type, 71, people.rep, at)
    await app.import([item('2026-01-05T09:00:00Z')])
    await changeAsAdmin(`${path}/71`, { ...office, sites: [depot] })
    await app.import([item('2026-06-05T09:00:00Z')])
    expect(await locate(`${path}/71`)).toMatchObject({ ...office, sites: [depot] })
  })
})
