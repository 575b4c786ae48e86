import { createClient } from '@doorstep/client/client'

interface Seed {
  readonly url: string
  /** Tokens of an admin and of a rep. */
  readonly admin: string
  readonly rep: string
  /** When the rep was at the customer (ms). */
  readonly at: number
}

const town = { latitude: 49.3988, longitude: 8.6724 }
const metresPerDegree = 111_000
const dayMs = 86_400_000

/**
 * What the demo team has none of: customers without an exact place, one whose visits happen elsewhere,
 * and a pin that a rep proposes.
 */
export async function seedAddresses({ url, admin, rep, at }: Seed) {
  const byAdmin = createClient({ url, token: admin })
  const byRep = createClient({ url, token: rep })
  await byAdmin.settings.update({ visit_every_days: 28 })
  const owner_id = (await byRep.users.self()).data.id
  const add = async (organization_name: string, more: object = {}) =>
    (await byAdmin.leads.create({ organization_name, owner_id, ...more })).data.id
  const vague = (line1: string | null, precision: 'street' | 'city' | 'postcode', n: number) => ({
    address: { line1, city: 'Heidelberg', country: 'DE' },
    location_precision: precision,
    latitude: town.latitude + n / 1_000,
    longitude: town.longitude - n / 700,
  })
  await add('Quay Road Bakery', vague('Quay Road', 'street', 2))
  await add('Old Town Bicycles', vague(null, 'city', 5))
  await add('Riverside Primary School', vague(null, 'postcode', 9))
  await add('Association of the Friends of the New Quarter at the Upper Mill Bridge')
  await add('Barber at the Market')
  const unplaced = await add('Pharmacy by the Bridge')
  for (const n of [1, 2, 3, 4]) {
    await add(`Kiosk ${n}`, { address: { line1: `Harbour Lane ${n}`, city: 'Mannheim' } })
  }
  const place = { ...town, address: { line1: 'Mill Lane 12', city: 'Heidelberg', country: 'DE' } }
  const astray = await add('Mill Lane Nursery', { ...place, location_precision: 'rooftop' })
  for (const [days, away] of [895, 912, 903, 888].entries()) {
    const fixAt = new Date(at - days * 9 * dayMs).toISOString()
    await byRep.visits.create({
      resource_type: 'lead',
      resource_id: astray,
      visited_at: fixAt,
      summary: 'Wants the autumn range',
      device: {
        latitude: town.latitude + away / metresPerDegree,
        longitude: town.longitude + (days * 11) / metresPerDegree,
        accuracy_m: 8 + days * 3,
        fix_at: fixAt,
        captured_at: fixAt,
      },
    })
  }
  await byRep.pinChanges.create({
    resource_type: 'lead',
    resource_id: unplaced,
    latitude: town.latitude + 0.004,
    longitude: town.longitude + 0.006,
    note: 'The entrance is at the back, by the car park',
  })
  return { astray: `lead/${astray}`, unplaced: `lead/${unplaced}` }
}
