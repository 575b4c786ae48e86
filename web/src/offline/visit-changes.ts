import { NetworkError, UnauthorizedError } from '@doorstep/client/errors'
import type { Visit, VisitChange } from '@doorstep/contract/visits'
import { queryOptions, useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { patchVisit } from '../api/visits.ts'
import { phoneStore } from './phone.ts'

/** What is to change of a visit that the server has. */
export interface ChangedVisit {
  readonly id: number
  readonly change: Pick<VisitChange, 'outcome_id' | 'summary'>
  /** Whether a review is asked for. */
  readonly isAsking: boolean
  /** What the server said to it; it is sent again after the next change. */
  readonly problem: string | null
}

const prefix = 'visit '
const isChanged = (value: unknown): value is ChangedVisit =>
  typeof value === 'object' && value !== null && 'change' in value && 'isAsking' in value

const changesQuery = queryOptions({
  queryKey: ['changed_visits'],
  queryFn: async () => {
    const { database } = await phoneStore()
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
    return (await database.getAll('facts', range)).filter(isChanged)
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** The changes of visits that wait on this phone. */
export function useChangedVisits(): readonly ChangedVisit[] {
  const { data = [] } = useQuery(changesQuery)
  return data
}

/** The visit as whoever changed it means it to be. */
export const withChange = (visit: Visit, changed: ChangedVisit | undefined): Visit =>
  changed ? { ...visit, ...changed.change } : visit

const readAgain = () => queryClient.invalidateQueries({ queryKey: changesQuery.queryKey })

async function keep(changed: ChangedVisit): Promise<void> {
  const { database } = await phoneStore()
  await database.put('facts', changed, prefix + String(changed.id))
  await readAgain()
}

/** Keeps a change on this phone until the server has it. */
export async function changeVisit(
  id: number,
  what: Partial<Pick<ChangedVisit, 'change' | 'isAsking'>>,
): Promise<void> {
  const { database } = await phoneStore()
  const value = await database.get('facts', prefix + String(id))
  const before = isChanged(value) ? value : { id, change: {}, isAsking: false, problem: null }
  await keep({ ...before, ...what, change: { ...before.change, ...what.change }, problem: null })
  await sendVisitChanges()
}

/** Sends what waits, one tab at a time. */
export async function sendVisitChanges(): Promise<void> {
  await navigator.locks.request('doorstep-visit-changes', async () => {
    await readAgain()
    for (const changed of await queryClient.fetchQuery(changesQuery)) {
      if (changed.problem === null && !(await send(changed))) return
    }
  })
}

/** False: there is no point in sending the next. */
async function send(changed: ChangedVisit): Promise<boolean> {
  const { id, change, isAsking } = changed
  try {
    if (Object.keys(change).length > 0) {
      const { data } = await client.visits.update(id, change)
      const { outcome_id, summary, updated_at } = data
      patchVisit(id, (visit) => ({ ...visit, outcome_id, summary, updated_at }))
    }
    if (isAsking) {
      const { data } = await client.visits.review(id, { state: 'asked' })
      const { state, note, by, at } = data
      patchVisit(id, (visit) => ({ ...visit, review: { state, note, by, at } }))
    }
  } catch (error) {
    if (error instanceof NetworkError || error instanceof UnauthorizedError) return false
    await keep({ ...changed, problem: error instanceof Error ? error.message : String(error) })
    return true
  }
  const { database } = await phoneStore()
  await database.delete('facts', prefix + String(id))
  await readAgain()
  void queryClient.invalidateQueries({ queryKey: ['visits'] })
  return true
}
