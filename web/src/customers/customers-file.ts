import type { Customer } from '../api/customers.ts'
import { csvCell } from '../parts/csv.ts'
import type { Names } from '../visits/columns.tsx'

const attributes = (customer: Customer, names: Names) => ({
  type: customer.resource_type,
  id: customer.id,
  name: customer.name,
  address: customer.address,
  owner_name: names.user(customer.owner_id) ?? null,
  last_visit_at: customer.last_visit?.at ?? null,
  last_visit_outcome: customer.last_visit
    ? names.outcome(customer.last_visit.outcome_id).name
    : null,
  visits_count: customer.visits_count,
  due_at: customer.due_at,
  radius_m: customer.radius_m,
})

const columns = [
  'type',
  'id',
  'name',
  'address',
  'owner_name',
  'last_visit_at',
  'last_visit_outcome',
  'visits_count',
  'due_at',
  'radius_m',
] as const

/** The rows as they are shown, with a byte order mark so that Excel reads all letters. */
export function csvOf(customers: readonly Customer[], names: Names): string {
  const head = [...columns, 'latitude', 'longitude'].join(',')
  const lines = customers.map((customer) => {
    const values = attributes(customer, names)
    const { latitude, longitude } = customer
    return [...columns.map((name) => values[name]), latitude, longitude].map(csvCell).join(',')
  })
  return `\uFEFF${[head, ...lines].join('\r\n')}\r\n`
}

/** Those that have a place. */
export function geojsonOf(customers: readonly Customer[], names: Names): string {
  const features = customers.flatMap((customer) => {
    const { latitude, longitude } = customer
    if (latitude === null || longitude === null) return []
    return [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [longitude, latitude] },
        properties: attributes(customer, names),
      },
    ]
  })
  return JSON.stringify({ type: 'FeatureCollection', features })
}
