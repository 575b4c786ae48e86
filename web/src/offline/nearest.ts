import type { Customer } from '@doorstep/contract/customers'
import { around, distance } from 'geokdbush'
import KDBush from 'kdbush'

interface Place {
  readonly latitude: number
  readonly longitude: number
}

export interface NearCustomer {
  readonly customer: Customer
  /** From the phone to the nearest place of the customer. */
  readonly distanceM: number
}

/** Finds the nearest of the customers on this phone. */
export interface NearestIndex {
  find(from: Place, limit: number): readonly NearCustomer[]
}

/** Every place of a customer, its sites too. */
const placesOf = ({ latitude, longitude, sites }: Customer): readonly Place[] => [
  ...(latitude === null || longitude === null ? [] : [{ latitude, longitude }]),
  ...sites,
]

export function indexNearest(customers: readonly Customer[]): NearestIndex {
  const points = customers.flatMap((customer) =>
    placesOf(customer).map((place) => ({ customer, place })),
  )
  const index = new KDBush(points.length)
  for (const { place } of points) index.add(place.longitude, place.latitude)
  index.finish()
  return {
    find({ latitude, longitude }, limit) {
      const found = new Map<Customer, number>()
      // A customer with several sites comes once, with its nearest.
      for (const at of around(index, longitude, latitude, limit * 4)) {
        const point = points[at]
        if (!point || found.has(point.customer)) continue
        const { place, customer } = point
        found.set(customer, distance(longitude, latitude, place.longitude, place.latitude) * 1_000)
        if (found.size === limit) break
      }
      return [...found].map(([customer, distanceM]) => ({ customer, distanceM }))
    },
  }
}
