import { NetworkError, UnprocessableError } from '@doorstep/client/errors'
import type { Plan, PlanDraft } from '@doorstep/contract/plans'
import { queryOptions } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { recordKey } from './database.ts'
import { phoneStore } from './phone.ts'

export type Stop = Plan['stops'][number]

/** A plan that was changed on this phone and not sent yet. */
interface ChangedPlan {
  readonly date: string
  readonly stops: readonly Stop[]
  /** The stops of the server's plan that were known then: others were added elsewhere. */
  readonly known: readonly string[]
  /** Another for each change. */
  readonly change: string
}

const prefix = 'plan '
const isChanged = (value: unknown): value is ChangedPlan =>
  typeof value === 'object' && value !== null && 'stops' in value && 'change' in value

export const keyOf = ({ resource_type: type, resource_id: id }: Stop): string => recordKey(type, id)

/** The server's plan of a day. */
export const planQuery = (date: string) =>
  queryOptions({
    queryKey: ['plans', date],
    queryFn: async ({ signal }) => (await client.plans.get(date, {}, { signal })).data.stops,
    placeholderData: () => undefined,
    meta: { isKept: true },
    gcTime: Number.POSITIVE_INFINITY,
  })

/** What of a day's plan has yet to be sent; null: nothing. */
export const changedPlanQuery = (date: string) =>
  queryOptions({
    queryKey: ['changed_plans', date],
    queryFn: async () => {
      const { database } = await phoneStore()
      const value = await database.get('facts', prefix + date)
      return isChanged(value) ? value : null
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: () => undefined,
  })

/** Keeps a plan as it was changed, and sends it as soon as that is possible. */
export async function changePlan(date: string, stops: readonly Stop[]): Promise<void> {
  const { queryKey } = changedPlanQuery(date)
  const before = queryClient.getQueryData(queryKey)
  const server = queryClient.getQueryData(planQuery(date).queryKey) ?? []
  const known = before?.known ?? server.map(keyOf)
  const changed: ChangedPlan = { date, stops, known, change: crypto.randomUUID() }
  queryClient.setQueryData(queryKey, changed)
  const { database } = await phoneStore()
  await database.put('facts', changed, prefix + date)
  await sendPlans()
}

/** The stops as they are sent; what has been visited is the server's to say. */
const bodyOf = (stops: readonly Stop[]): PlanDraft => ({
  stops: stops.map(({ resource_type, resource_id, state, skip_reason }) =>
    state === 'skipped'
      ? { resource_type, resource_id, state, skip_reason }
      : { resource_type, resource_id },
  ),
})

/** Sends the plans that were changed, one tab at a time. */
export async function sendPlans(): Promise<void> {
  await navigator.locks.request('doorstep-plans', async () => {
    const { database } = await phoneStore()
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
    for (const changed of await database.getAll('facts', range)) {
      if (isChanged(changed)) await send(changed)
    }
  })
}

async function send(changed: ChangedPlan): Promise<void> {
  const { date, stops, known } = changed
  const { database } = await phoneStore()
  try {
    const server = (await client.plans.get(date)).data.stops
    const chosen = new Set([...known, ...stops.map(keyOf)])
    const added = server.filter((stop) => !chosen.has(keyOf(stop)))
    const saved = await save(date, [...stops, ...added])
    queryClient.setQueryData(planQuery(date).queryKey, saved)
    // One that was changed meanwhile is sent by that change.
    const now = await database.get('facts', prefix + date)
    if (!isChanged(now) || now.change !== changed.change) return
    await database.delete('facts', prefix + date)
    queryClient.setQueryData(changedPlanQuery(date).queryKey, null)
  } catch (error) {
    if (!(error instanceof NetworkError)) console.warn('The plan was not sent:', error)
  }
}

/** Without the stops that the server refuses, such as a customer who was deleted. */
async function save(date: string, stops: readonly Stop[]): Promise<Stop[]> {
  try {
    return (await client.plans.save(date, bodyOf(stops))).data.stops
  } catch (error) {
    if (!(error instanceof UnprocessableError)) throw error
    const refused = new Set([...error.fields.keys()].map((field) => Number(field.split('/')[2])))
    const left = stops.filter((_stop, index) => !refused.has(index))
    if (left.length === stops.length) throw error
    return (await client.plans.save(date, bodyOf(left))).data.stops
  }
}
