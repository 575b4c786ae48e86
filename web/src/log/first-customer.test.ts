import type { Customer } from '@doorstep/contract/customers'
import { expect, it } from 'vitest'

import { firstCustomer } from './first-customer.ts'

const customer = (id: number, latitude: number): Customer => ({
  resource_type: 'lead',
  id,
  name: `Customer ${id}`,
  address: null,
  latitude,
  longitude: 13.4,
  radius_m: 300,
  owner_id: null,
  sites: [],
  last_visit: null,
  visits_count: 0,
  visit_every_days: null,
  due_at: null,
})

const shop = customer(1, 52.5)
const customers = [shop, customer(2, 52.6)]
const fixAt = (latitude: number) => ({ latitude, longitude: 13.4, accuracy: 10, at: 0 })
const draft = { resource_type: 'lead', id: 2 } as const

it('begins with the nearest customer within its radius, though a draft is about another', () => {
  const known = { customers, fix: fixAt(52.501), draft }

  expect(firstCustomer({ ...known, isLooking: true })).toBe(shop)
  expect(firstCustomer({ ...known, isLooking: false })).toBe(shop)
})

it('begins with the customer of a draft where nobody is near, once the phone has looked', () => {
  const known = { customers, fix: fixAt(52.55), draft }

  expect(firstCustomer({ ...known, isLooking: true })).toBeUndefined()
  expect(firstCustomer({ ...known, isLooking: false })).toBe(draft)
  expect(firstCustomer({ ...known, fix: null, isLooking: false })).toBe(draft)
  expect(firstCustomer({ ...known, draft: null, isLooking: false })).toBeUndefined()
})
