import type { Customer } from '@doorstep/contract/customers'
import { useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { useRecords } from '../offline/use-records.ts'

type Key = Pick<Customer, 'resource_type' | 'id'>

/** As this phone knows the customer, or else the server; null: there is none; undefined: not known yet. */
export function useLogCustomer(key: Key | undefined): Customer | null | undefined {
  const records = useRecords()
  const known = records?.customers.find(
    ({ resource_type: type, id }) => type === key?.resource_type && id === key.id,
  )
  const asks = key !== undefined && records !== undefined && !known
  const { data, isError, isPlaceholderData } = useQuery({
    queryKey: ['customers', 'of_phone', key?.resource_type, key?.id],
    queryFn: async ({ signal }) => {
      if (!key) return null
      const { data } = await client.customers.get(key.resource_type, key.id, { signal })
      return 'deleted' in data ? null : data
    },
    enabled: asks,
  })
  if (!key) return undefined
  // What is shown meanwhile is the customer before.
  return known ?? (isError ? null : isPlaceholderData ? undefined : data)
}
