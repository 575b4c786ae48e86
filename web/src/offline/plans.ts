import { NetworkError, UnprocessableError } from '@doorstep/client/errors'
import type { PlanDraft } from '@doorstep/contract/plans'
import { queryOptions, useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import {
  type ChangedPlan,
  changedPlanKey,
  isChangedPlan,
  readChangedPlans,
  type Stop,
} from './changed-plans.ts'
import { recordKey } from './database.ts'
import { phoneStore } from './phone.ts'

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
      const value = await database.get('facts', changedPlanKey(date))
      return isChangedPlan(value) ? value : null
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: () => undefined,
  })

const changedPlansQuery = queryOptions({
  queryKey: ['all_changed_plans'],
  queryFn: async () => readChangedPlans((await phoneStore()).database),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The changed plans that wait on this phone. */
export function useChangedPlans(): readonly ChangedPlan[] {
  const { data = [] } = useQuery(changedPlansQuery)
  return data
}

const readAgain = () => queryClient.invalidateQueries({ queryKey: changedPlansQuery.queryKey })

/** Gives a changed plan up: that of the server is shown. Returns how to put it back. */
export async function dropPlan(changed: ChangedPlan): Promise<() => Promise<void>> {
  const { database } = await phoneStore()
  await database.delete('facts', changedPlanKey(changed.date))
  queryClient.setQueryData(changedPlanQuery(changed.date).queryKey, null)
  await readAgain()
  return () => changePlan(changed.date, changed.stops)
}

/** Keeps a plan as it was changed, and sends it as soon as that is possible. */
export async function changePlan(date: string, stops: readonly Stop[]): Promise<void> {
  const { queryKey } = changedPlanQuery(date)
  const before = queryClient.getQueryData(queryKey)
  const server = queryClient.getQueryData(planQuery(date).queryKey) ?? []
  const known = before?.known ?? server.map(keyOf)
  const changed: ChangedPlan = { date, stops, known, change: crypto.randomUUID() }
  queryClient.setQueryData(queryKey, changed)
  const { database } = await phoneStore()
  await database.put('facts', changed, changedPlanKey(date))
  await readAgain()
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
    for (const changed of await readChangedPlans(database)) await send(changed)
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
    const now = await database.get('facts', changedPlanKey(date))
    if (!isChangedPlan(now) || now.change !== changed.change) return
    await database.delete('facts', changedPlanKey(date))
    queryClient.setQueryData(changedPlanQuery(date).queryKey, null)
    await readAgain()
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
