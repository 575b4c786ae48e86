import type { Customer } from '@doorstep/contract/customers'
import { expect, it } from 'vitest'

import type { OutboxRow } from '../offline/database.ts'
import { withWaiting } from './waiting-visits.ts'

const shop: Customer = {
  resource_type: 'lead',
  id: 7,
  name: 'Corner Shop',
  owner_id: 1,
  address: null,
  latitude: null,
  longitude: null,
  radius_m: 300,
  sites: [],
  last_visit: { id: 3, at: '2026-11-25T10:00:00Z', outcome_id: 2, status: 'verified' },
  visits_count: 1,
  visit_every_days: 28,
  due_at: '2026-12-23T10:00:00Z',
}

const row = (order: number, at: string, outcome: number | null): OutboxRow => ({
  key: String(order),
  order,
  addedAt: at,
  draft: { resource_type: 'lead', resource_id: 7, outcome_id: outcome, visited_at: at },
})

it('counts the newest visit that waits as the last one, and the next from there', () => {
  const rows = [row(1, '2026-11-30T09:00:00Z', 4), row(2, '2026-11-30T08:00:00Z', null)]

  const [customer] = withWaiting([shop], rows)

  expect(customer?.last_visit).toMatchObject({ at: '2026-11-30T09:00:00Z', outcome_id: 4 })
  expect(customer?.due_at).toBe('2026-12-28T09:00:00.000Z')
})

it('leaves a customer whose last visit is newer than what waits, and those of others', () => {
  const other = { ...shop, id: 8 }

  const customers = withWaiting([shop, other], [row(1, '2026-11-24T09:00:00Z', 4)])

  expect(customers).toEqual([shop, other])
})

it('leaves a customer whose visit was refused and has yet to be mended', () => {
  const refusal = { status: 422, code: 'validation', details: 'Choose an outcome.', errors: [] }

  const customers = withWaiting([shop], [{ ...row(1, '2026-11-30T09:00:00Z', 4), refusal }])

  expect(customers).toEqual([shop])
})
