import type { Customer } from '@doorstep/contract/customers'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { Box } from '../api/maps.ts'
import { sessionQuery } from '../api/sessions.ts'
import { type OutboxRow, recordKey } from '../offline/database.ts'
import { indexNearest } from '../offline/nearest.ts'
import type { Here } from '../offline/use-here.ts'
import { useOutbox } from '../offline/use-outbox.ts'
import { type PhoneRecords, useRecords } from '../offline/use-records.ts'
import { isDue, isLeadOf, isWithin, type Listed, listed, matches, passes } from './near-list.ts'
import type { NearFilters, NearSearch } from './near-search.ts'
import { withWaiting } from './waiting-visits.ts'

export interface Near {
  /** Undefined while they are being read from this phone. */
  readonly records: PhoneRecords | undefined
  /** Those that the filters leave, in no order. */
  readonly customers: readonly Customer[]
  /** The same in the order of the list. */
  readonly all: readonly Listed[]
  /** Keys of those to whom a visit waits on this phone. */
  readonly waiting: ReadonlySet<string>
  readonly counts: { readonly due: number; readonly never: number; readonly leads: number }
}

const none: readonly Customer[] = []

export const keyOf = ({ resource_type: type, id }: Pick<Customer, 'resource_type' | 'id'>) =>
  recordKey(type, id)

function useCounts(customers: readonly Customer[], userId: number | undefined): Near['counts'] {
  return useMemo(() => {
    let [due, never, leads] = [0, 0, 0]
    for (const customer of customers) {
      if (isDue(customer)) due++
      if (!customer.last_visit) never++
      if (isLeadOf(customer, userId)) leads++
    }
    return { due, never, leads }
  }, [customers, userId])
}

function useWaiting(rows: readonly OutboxRow[]): ReadonlySet<string> {
  return useMemo(
    () => new Set(rows.map(({ draft }) => recordKey(draft.resource_type, draft.resource_id))),
    [rows],
  )
}

/** The customers on this phone as the filters and the words that were typed leave them. */
export function useNear(search: NearSearch, { fix }: Here, door: Box | null): Near {
  const { data: session } = useQuery(sessionQuery)
  const userId = session?.user.id
  const records = useRecords()
  const { rows } = useOutbox()
  const known = useMemo(() => withWaiting(records?.customers ?? none, rows), [records, rows])
  const { due, never, leads, outcome, q } = search
  const customers = useMemo(() => {
    const filters: NearFilters = { due, never, leads, outcome }
    return known.filter(
      (customer) =>
        passes(customer, filters, userId) &&
        (!q || matches(customer, q)) &&
        (!door || isWithin(customer, door)),
    )
  }, [known, due, never, leads, outcome, q, door, userId])
  const index = useMemo(() => indexNearest(customers), [customers])
  const { latitude, longitude } = fix ?? {}
  const all = useMemo(() => {
    const from = latitude === undefined || longitude === undefined ? null : { latitude, longitude }
    return listed(customers, from, index)
  }, [customers, index, latitude, longitude])
  return { records, customers, all, waiting: useWaiting(rows), counts: useCounts(known, userId) }
}
