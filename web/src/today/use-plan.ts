import type { Customer } from '@doorstep/contract/customers'
import type { Visit } from '@doorstep/contract/visits'
import { useQueries, useQuery } from '@tanstack/react-query'

import { customerQuery } from '../api/customers.ts'
import { myVisitsQuery } from '../api/my-visits.ts'
import { sessionQuery } from '../api/sessions.ts'
import type { Stop } from '../offline/changed-plans.ts'
import { recordKey } from '../offline/database.ts'
import { changedPlanQuery, keyOf, planQuery } from '../offline/plans.ts'
import { useRecords } from '../offline/use-records.ts'
import { keyOfRow, useWaiting, type Waiting } from '../offline/use-waiting.ts'
import { dayOf, startOf } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'

/** A stop with all that is known of it on this phone. */
export interface KnownStop {
  readonly key: string
  readonly stop: Stop
  readonly name: string
  readonly customer: Customer | undefined
  readonly state: Stop['state']
  readonly visit: Visit | undefined
  /** A visit there that has yet to be sent. */
  readonly waiting: Waiting | undefined
}

/** Without those that are there no more. */
const known = (customer: Customer | { readonly deleted: true } | undefined) =>
  customer && 'name' in customer ? customer : undefined

/** The customers of some stops: from this phone, and where it has them not, from the server. */
function useCustomers(stops: readonly Stop[]): (key: string) => Customer | undefined {
  const records = useRecords()
  const byKey = new Map(
    records?.customers.map((each) => [recordKey(each.resource_type, each.id), each]),
  )
  const missing = records ? stops.filter((stop) => !byKey.has(keyOf(stop))) : []
  const read = useQueries({
    queries: missing.map(({ resource_type: type, resource_id: id }) => ({
      ...customerQuery({ type, id }),
      meta: { isKept: true },
    })),
  })
  const others = new Map(missing.map((stop, index) => [keyOf(stop), known(read[index]?.data)]))
  return (key) => byKey.get(key) ?? others.get(key)
}

/** Those of the last 7 days: the same that My visits shows. */
function useVisitsOf(date: string): readonly Visit[] {
  const { data: session } = useQuery(sessionQuery)
  const { data = [] } = useQuery({
    ...myVisitsQuery(session?.user.id ?? 0, dayOf(startOf(date, -6)), date),
    enabled: session !== undefined,
  })
  return data.filter((visit) => dayOf(visit.visited_at) === date)
}

/** The plan of a day as this phone knows it, with what has been done of it. */
export function usePlan(date: string) {
  const server = useQuery(planQuery(date))
  const changed = useQuery(changedPlanQuery(date))
  const byServer = new Map(server.data?.map((stop) => [keyOf(stop), stop]))
  const stops: readonly Stop[] = changed.data?.stops ?? server.data ?? []
  const customerOf = useCustomers(stops)
  const visits = useVisitsOf(date)
  const waiting = useWaiting().filter(({ at }) => dayOf(at) === date)
  const shown = stops.map((given): KnownStop => {
    const key = keyOf(given)
    const answered = byServer.get(key)
    const stop = answered?.state === 'visited' ? answered : given
    const customer = customerOf(key)
    const unsent = waiting.find(({ row }) => keyOfRow(row) === key)
    const visit = visits.find((each) => recordKey(each.resource_type, each.resource_id) === key)
    return {
      key,
      stop,
      customer,
      waiting: unsent,
      visit,
      name:
        customer?.name ??
        visit?.resource?.name ??
        texts.today.unknown(stop.resource_type, stop.resource_id),
      state: unsent || visit ? 'visited' : stop.state,
    }
  })
  return {
    stops: shown,
    isUnsent: Boolean(changed.data),
    isLoading: server.isPending || changed.isPending,
    isKnown: server.data !== undefined || Boolean(changed.data),
    query: server,
  }
}
