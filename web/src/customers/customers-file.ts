import type { Customer } from '../api/customers.ts'
import type { Names } from '../visits/columns.tsx'

/** A cell that a spreadsheet neither splits nor runs as a formula. */
function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value)
  const text = value ?? ''
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

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
export function csvOf(customers: readonly Customer[], names: Names): Blob {
  const head = [...columns, 'latitude', 'longitude'].join(',')
  const lines = customers.map((customer) => {
    const values = attributes(customer, names)
    const { latitude, longitude } = customer
    return [...columns.map((name) => values[name]), latitude, longitude].map(cell).join(',')
  })
  return new Blob(['\uFEFF', [head, ...lines].join('\r\n'), '\r\n'], { type: 'text/csv' })
}

/** Those that have a place. */
export function geojsonOf(customers: readonly Customer[], names: Names): Blob {
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
  const text = JSON.stringify({ type: 'FeatureCollection', features })
  return new Blob([text], { type: 'application/geo+json' })
}

/** Gives the browser a file to save. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
