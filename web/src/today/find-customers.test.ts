import type { Customer } from '@doorstep/contract/customers'
import { expect, it } from 'vitest'

import { findCustomers } from './find-customers.ts'

const customer = (id: number, name: string, rest: Partial<Customer> = {}): Customer => ({
  resource_type: 'lead',
  id,
  name,
  address: null,
  latitude: null,
  longitude: null,
  radius_m: 300,
  owner_id: 1,
  sites: [],
  last_visit: null,
  visits_count: 0,
  visit_every_days: null,
  due_at: null,
  ...rest,
})

const ids = (customers: readonly Customer[]): number[] => customers.map(({ id }) => id)

it('customers are found by how words of name and address begin, whatever the accents', () => {
  const all = [
    customer(1, 'Farmácia Nova', { address: 'Rua do Comércio 4, Alcochete' }),
    customer(2, 'Padaria do Samouco'),
  ]
  expect(ids(findCustomers(all, 'farmacia alco', 1))).toEqual([1])
  expect(ids(findCustomers(all, 'sam pad', 1))).toEqual([2])
  expect(ids(findCustomers(all, 'ova', 1))).toEqual([])
})

it('without a word all are there: own before others, the most overdue first, then by name', () => {
  const all = [
    customer(1, 'B'),
    customer(2, 'A'),
    customer(3, 'C', { due_at: '2026-11-20T00:00:00Z' }),
    customer(4, 'D', { owner_id: 2, due_at: '2026-01-01T00:00:00Z' }),
  ]
  expect(ids(findCustomers(all, '  ', 1))).toEqual([3, 2, 1, 4])
})
