import { describe, expect, it } from 'vitest'

import type { Geocoder } from '../../src/domain/geocoder.ts'
import { geocodeDue } from '../../src/rules/place-addresses.ts'
import { people } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

const start = Date.UTC(2026, 4, 9, 7, 30)
const point = { latitude: 50.9, longitude: 6.9, precision: 'rooftop' } as const

const unreachable: Geocoder = async () => ({ failure: 'unavailable', detail: 'down' })
const placing: Geocoder = async (address) =>
  address.includes('Mill') ? { point } : { failure: 'not_found', detail: 'no such address' }

async function send(app: TestApp, method: string, path: string, data?: object) {
  const response = await app.fetch(path, {
    method,
    ...(data && { headers: { 'Content-Type': 'application/json' } }),
    ...(data && { body: JSON.stringify({ data }) }),
  })
  expect(response.status).toBe(200)
  return JSON.parse(await response.text())
}

const addLead = async (app: TestApp, line1: string | null): Promise<number> => {
  const address = line1 === null ? null : { line1, city: 'Köln' }
  const { data } = await send(app, 'POST', '/v2/leads', { last_name: 'Lead', address })
  return data.id
}

const unplaced = async (app: TestApp): Promise<[number, string][]> => {
  const { items } = await send(app, 'GET', '/v2/unplaced?resource_type=lead')
  return items.map(({ data }: { data: { resource_id: number; reason: string } }) => [
    data.resource_id,
    data.reason,
  ])
}

const ask = (app: TestApp, geocoder: Geocoder, now: number) => {
  const asked: string[] = []
  const counting: Geocoder = (address, signal) => {
    asked.push(address)
    return geocoder(address, signal)
  }
  const { signal } = new AbortController()
  const holdsClaim = async () => true
  const options = { geocoder: counting, clock: () => now, pauseMs: 0, holdsClaim, signal }
  return geocodeDue(app.store, options).then(() => asked)
}

describe('addresses without a point', () => {
  it('are placed with the precision that the geocoder reports, or listed with the reason (10.13.1)', async () => {
    await using app = await startApp({ clock: () => start })
    const known = await addLead(app, '4 Mill Lane')
    const unknown = await addLead(app, 'Nowhere 1')
    const without = await addLead(app, null)
    expect(await unplaced(app)).toEqual([
      [known, 'waiting'],
      [unknown, 'waiting'],
      [without, 'address_missing'],
    ])
    expect(await ask(app, placing, start)).toEqual(['4 Mill Lane, Köln', 'Nowhere 1, Köln'])
    expect(await unplaced(app)).toEqual([
      [unknown, 'not_found'],
      [without, 'address_missing'],
    ])
    const { data } = await send(app, 'GET', `/v2/leads/${known}?include=location`)
    expect(data).toMatchObject({ latitude: 50.9, location_precision: 'rooftop' })
    expect(await ask(app, placing, start + 1e9)).toEqual([])
  })

  it('are asked for again later when the geocoder is down, and at once when they change', async () => {
    await using app = await startApp({ clock: () => start })
    const id = await addLead(app, '4 Mill Lane')
    expect(await ask(app, unreachable, start)).toHaveLength(1)
    expect(await unplaced(app)).toEqual([[id, 'unavailable']])
    expect(await ask(app, unreachable, start + 59_999)).toEqual([])
    expect(await ask(app, unreachable, start + 60_000)).toHaveLength(1)
    expect(await ask(app, unreachable, start + 60_000 + 119_999)).toEqual([])
    await send(app, 'PUT', `/v2/leads/${id}`, { address: { line1: '5 Mill Lane' } })
    expect(await ask(app, placing, start + 60_001)).toEqual(['5 Mill Lane, Köln'])
    expect(await unplaced(app)).toEqual([])
  })

  it('are counted by reason and owner, filtered, and asked for again when somebody wants it (10.13.1)', async () => {
    await using app = await startApp({ clock: () => start })
    const unknown = await addLead(app, 'Nowhere 1')
    const other = await addLead(app, 'Nowhere 2')
    await send(app, 'PUT', `/v2/leads/${other}`, { owner_id: people.rep })
    await addLead(app, null)
    await ask(app, placing, start)
    const { data: counts } = await send(app, 'GET', '/v2/unplaced_counts')
    expect(counts).toMatchObject({ not_found: 2, address_missing: 1, waiting: 0 })
    expect(counts).toMatchObject({ is_complete: true, has_geocoder: false })
    const below = await send(app, 'GET', `/v2/unplaced_counts?below=${people.manager}`)
    expect(below.data).toMatchObject({ not_found: 1, address_missing: 0 })
    const list = async (query: string) =>
      (await send(app, 'GET', `/v2/unplaced?${query}`)).items.map(
        ({ data }: { data: object }) => data,
      )
    expect(await list(`reason=not_found&owner_id=${people.rep}`)).toMatchObject([
      { resource_id: other, name: 'Lead', owner_id: people.rep, address: 'Nowhere 2, Köln' },
    ])
    expect(await list('reason=waiting')).toEqual([])
    expect(await list('reason=address_missing')).toHaveLength(1)

    const byRep = app.clientOf(app.tokens.rep)
    expect((await byRep.unplaced.askAgain({ reason: 'not_found' })).data).toEqual({ waiting: 1 })
    expect(await list('reason=waiting')).toMatchObject([{ resource_id: other }])
    const alone = app.client.unplaced.askAgain({ resource_id: unknown })
    await expect(alone).rejects.toMatchObject({
      status: 422,
      errors: [{ field: '/resource_type', code: 'missing' }],
    })
    const one = { resource_type: 'lead', resource_id: unknown } as const
    expect((await byRep.unplaced.askAgain(one)).data).toEqual({ waiting: 0 })
    expect((await app.client.unplaced.askAgain(one)).data).toEqual({ waiting: 1 })
    const asked = await ask(app, placing, start)
    expect(asked.toSorted()).toEqual(['Nowhere 1, Köln', 'Nowhere 2, Köln'])
  })

  it('do not get a point that was asked for before they changed', async () => {
    await using app = await startApp({ clock: () => start })
    const id = await addLead(app, '4 Mill Lane')
    const slow: Geocoder = async (address) => {
      if (address.startsWith('4')) {
        await send(app, 'PUT', `/v2/leads/${id}`, { address: { line1: 'Nowhere 2' } })
      }
      return placing(address)
    }
    await ask(app, slow, start)
    expect(await unplaced(app)).toEqual([[id, 'not_found']])
  })
})
