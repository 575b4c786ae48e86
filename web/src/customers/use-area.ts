import { useQuery } from '@tanstack/react-query'

import { type Customer, customersQuery } from '../api/customers.ts'
import { type Bounds, boundsOf } from '../map/places.ts'
import { pointOf } from './pin-changes.ts'

const aroundM = 300

/** Where the other customers of the same owner are: one that has no place is most likely among them. */
export function useArea({ owner_id: owner }: Customer, isWanted: boolean): Bounds | undefined {
  const filters = owner === null ? {} : { owner_id: owner }
  const { data } = useQuery({ ...customersQuery(filters), enabled: isWanted })
  if (!isWanted || !data) return undefined
  return boundsOf(
    data.customers.flatMap((customer) => {
      const point = pointOf(customer)
      return point ? [{ point, radiusM: aroundM }] : []
    }),
  )
}
