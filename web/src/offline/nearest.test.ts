import type { Customer } from '@doorstep/contract/customers'
import { expect, it } from 'vitest'

import { indexNearest } from './nearest.ts'

const customer = (
  id: number,
  latitude: number | null,
  sites: Customer['sites'] = [],
): Customer => ({
  resource_type: 'lead',
  id,
  name: `Customer ${id}`,
  address: null,
  latitude,
  longitude: latitude === null ? null : 13.4,
  radius_m: 300,
  owner_id: null,
  sites,
  last_visit: null,
  visits_count: 0,
  visit_every_days: null,
  due_at: null,
})

it('the nearest customers come once each, by their nearest place, and those without a place not', () => {
  const site = (latitude: number) => ({
    id: 1,
    name: 'Depot',
    address: null,
    latitude,
    longitude: 13.4,
  })
  const customers = [
    customer(1, 52.51),
    customer(2, 53.5, [site(52.501), site(52.502)]),
    customer(3, null),
    customer(4, 52.505),
  ]
  const found = indexNearest(customers).find({ latitude: 52.5, longitude: 13.4 }, 10)

  expect(found.map((each) => each.customer.id)).toEqual([2, 4, 1])
  // 0.001 degrees of latitude are 111 m.
  expect(found.map((each) => Math.round(each.distanceM))).toEqual([111, 556, 1112])
})

it('a phone without customers finds none', () => {
  expect(indexNearest([]).find({ latitude: 0, longitude: 0 }, 5)).toEqual([])
})
