import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { runs } from '../support/runs.ts'
import { people, recordItem } from '../support/sell-items.ts'
import { type SendOptions, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const now = Date.UTC(2026, 4, 9, 7, 30)
const send = sendAs('rep')
const home = { latitude: 52.45, longitude: 13.3 }
/** 1 km from home, so that only a larger radius makes it near. */
const nearHome = { latitude: 52.459, longitude: 13.3 }
const office = { latitude: 52.52, longitude: 13.405, location_precision: 'rooftop' }
const cleared = { latitude: null, longitude: null }
const sites = [{ name: 'Depot', ...home }]
const fields = ['/latitude', '/verification_radius_m', '/sites']

let app: TestApp
let nextId = 5_000

beforeAll(async () => {
  app = await startApp({ clock: () => now })
})

afterAll(() => app.close())

/** A lead of the rep's, as an import brings it. */
async function importLead(location: object | undefined): Promise<number> {
  const id = nextId++
  const { data } = recordItem('lead', id, people.rep)
  await app.import([{ data: { ...data, last_name: `L${id}` }, meta: { type: 'lead', location } }])
  return id
}

const placed = () => importLead({ ...home, ...office, precision: 'rooftop' })
const change = (id: number, data: object, options?: SendOptions) =>
  send(app, 'PUT', `/v2/leads/${id}?include=location`, data, options)

async function checkIn(id: number, options?: SendOptions) {
  const at = new Date(now).toISOString()
  const device = { ...home, accuracy_m: 10, fix_at: at, captured_at: at }
  const draft = { resource_type: 'lead', resource_id: id, device }
  const path = '/v2/visits?include=verification'
  return (await send(app, 'POST', path, draft, options)).body.data.verification
}

describe('the place of a lead (7.2)', () => {
  it.each([
    ['its point removed', cleared, ['/latitude']],
    ['another point', home, ['/latitude']],
    [
      'another point with a new address',
      { ...home, address: { line1: '9 Ash Way' } },
      ['/latitude'],
    ],
    ['no point with a new address', { ...cleared, address: { line1: '9 Ash Way' } }, ['/latitude']],
    ['a radius', { verification_radius_m: 2000 }, ['/verification_radius_m']],
    ['sites', { sites }, ['/sites']],
    ['all of it', { ...home, verification_radius_m: 2000, sites }, fields],
  ])('is not given %s by its owner, but by a manager above', async (_, data, refused) => {
    const id = await placed()
    const upsert = `/v2/leads/upsert?last_name=L${id}`
    for (const answer of [await change(id, data), await send(app, 'POST', upsert, data)]) {
      expect(answer.problems).toEqual(refused.map((field) => [field, 'incorrect_value']))
    }
    expect((await change(id, data, { token: app.tokens.manager })).status).toBe(200)
  })

  it('has radius and sites from somebody above, though it has no point or is new', async () => {
    const given = { verification_radius_m: 2000, sites }
    const refused = fields.slice(1).map((field) => [field, 'incorrect_value'])
    expect((await change(await importLead(undefined), given)).problems).toEqual(refused)
    const lead = { last_name: 'New', ...given }
    expect((await send(app, 'POST', '/v2/leads', lead)).problems).toEqual(refused)
    const upserted = await send(app, 'POST', '/v2/leads/upsert?last_name=New', lead)
    expect(upserted.problems).toEqual(refused)
    const forOther = { ...lead, owner_id: people.stranger }
    expect((await send(app, 'POST', '/v2/leads', forOther)).problems).toEqual(refused)
    const forTrainee = { ...lead, owner_id: people.trainee }
    expect((await send(app, 'POST', '/v2/leads', forTrainee)).status).toBe(200)
  })

  it('flags the visits of whoever set it, and of nobody else (7.1)', async () => {
    const id = await importLead(undefined)
    expect((await change(id, home)).status).toBe(200)
    expect(await checkIn(id)).toMatchObject({
      status: 'verified',
      placed_by: people.rep,
      flags: ['self_placed'],
    })
    const manager = { token: app.tokens.manager }
    expect((await checkIn(id, manager)).flags).not.toContain('self_placed')
    // Sent again as it is, the point stays the rep's.
    const { body } = await change(id, home, manager)
    expect(body.data).toMatchObject(home)
    expect((await checkIn(id)).flags).toContain('self_placed')
  })

  it('is a manager’s when they approve what the rep proposes, also for visits before', async () => {
    const id = await importLead(undefined)
    await change(id, home)
    expect((await checkIn(id)).flags).toContain('self_placed')
    const pin = { resource_type: 'lead', resource_id: id, ...home }
    const { body } = await send(app, 'POST', '/v2/pin_changes', pin)
    const path = `/v2/pin_changes/${body.data.id}`
    const decision = { status: 'approved', reverify: true }
    await send(app, 'PUT', path, decision, { token: app.tokens.manager })
    const { items } = await app.client.visits.list({
      resource_type: 'lead',
      resource_id: id,
      include: 'verification',
    })
    const [verification] = items.map(({ data }) => data.verification)
    expect(verification).toMatchObject({ status: 'verified', placed_by: people.manager })
    expect(verification?.flags).not.toContain('self_placed')
  })

  it('keeps who set it when that user gets another id (A.8)', async () => {
    const email = 'placer@acme.example'
    const user = { name: 'Placer', email, reports_to: people.manager }
    const added = await send(app, 'POST', '/v2/users', user, { token: app.tokens.admin })
    const lead = { last_name: 'Own', ...home }
    const token = await app.token(email)
    const { body } = await send(app, 'POST', '/v2/leads', lead, { token })
    await app.import([{ ...userOf(777, email), meta: { type: 'user' } }])
    expect(added.status).toBe(200)
    expect(await checkIn(body.data.id, { token })).toMatchObject({
      placed_by: 777,
      flags: ['self_placed'],
    })
  })
})

const userOf = (id: number, email: string) => {
  const at = '2026-01-05T09:00:00Z'
  return { data: { id, name: 'Placer', email, status: 'active', created_at: at, updated_at: at } }
}

type Action = (id: number) => Promise<number>

const put =
  (data: object): Action =>
  async (id) => {
    await change(id, data)
    return id
  }

/** Whatever a rep can do to a place; each answers the lead to go on with. */
const actions: Readonly<Record<string, Action>> = {
  clear: put(cleared),
  place: put(home),
  placeNear: put(nearHome),
  placeWithAddress: put({ ...home, address: { line1: '1 Home Lane' } }),
  move: put({ address: { line1: '2 Home Lane' } }),
  moveBack: put({ address: { line1: '3 Home Lane', city: 'Berlin' } }),
  widen: put({ verification_radius_m: 2000 }),
  addSite: put({ sites }),
  removeSites: put({ sites: [] }),
  giveToTrainee: put({ owner_id: people.trainee }),
  giveAndWiden: put({ owner_id: people.trainee, verification_radius_m: 2000 }),
  takeBack: put({ owner_id: people.rep, ...home, sites }),
  async upsert(id) {
    await send(app, 'POST', `/v2/leads/upsert?last_name=L${id}`, { ...home, sites })
    return id
  },
  async makeAgain(id) {
    await send(app, 'DELETE', `/v2/leads/${id}`)
    const { body } = await send(app, 'POST', '/v2/leads', { last_name: `L${id}`, ...nearHome })
    return body.data.id
  },
  async makeForTrainee(id) {
    const lead = { last_name: 'T', owner_id: people.trainee, ...nearHome, sites }
    const { status, body } = await send(app, 'POST', '/v2/leads', lead)
    return status === 200 ? body.data.id : id
  },
  async proposeAndDecide(id) {
    const pin = { resource_type: 'lead', resource_id: id, ...home }
    const { body } = await send(app, 'POST', '/v2/pin_changes', pin)
    await send(app, 'PUT', `/v2/pin_changes/${body.data.id}`, { status: 'approved' })
    return id
  },
}

it('never verifies what only the visitor placed without saying so, whatever they did (7.1, 7.2)', async () => {
  const names = fc.array(fc.constantFrom(...Object.keys(actions)), { minLength: 1, maxLength: 6 })
  const first = fc.constantFrom(office, nearHome, undefined)
  await fc.assert(
    fc.asyncProperty(names, first, async (chosen, location) => {
      let id = await importLead(location)
      for (const name of chosen) id = (await actions[name]?.(id)) ?? id
      const { status, flags } = await checkIn(id)
      expect(status === 'verified' && !flags.includes('self_placed')).toBe(false)
    }),
    { numRuns: runs({ test: 40, rest: 120, isOfSql: true }) },
  )
})
