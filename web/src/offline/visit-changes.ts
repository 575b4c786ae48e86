import type { Visit } from '@doorstep/contract/visits'
import { queryOptions, useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { patchVisit } from '../api/visits.ts'
import {
  addVisitChange,
  type ChangedVisit,
  deleteVisitChange,
  readChangedVisits,
  sendVisitChange,
} from './changed-visits.ts'
import { phoneStore } from './phone.ts'

const changesQuery = queryOptions({
  queryKey: ['changed_visits'],
  queryFn: async () => readChangedVisits((await phoneStore()).database),
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

/** Keeps a change on this phone until the server has it. */
export async function changeVisit(
  id: number,
  what: Partial<Pick<ChangedVisit, 'change' | 'isAsking'>>,
): Promise<void> {
  await addVisitChange((await phoneStore()).database, id, what)
  await readAgain()
  await sendVisitChanges()
}

/** Gives a change up. Returns how to put it back. */
export async function dropVisitChange(changed: ChangedVisit): Promise<() => Promise<void>> {
  const { id, change, isAsking } = changed
  await deleteVisitChange((await phoneStore()).database, id)
  await readAgain()
  return () => changeVisit(id, { change, isAsking })
}

/** Sends what waits, one tab at a time. */
export async function sendVisitChanges(): Promise<void> {
  await navigator.locks.request('doorstep-visit-changes', async () => {
    const { database } = await phoneStore()
    const onSaved = (id: number, saved: Partial<Visit>) =>
      patchVisit(id, (visit) => ({ ...visit, ...saved }))
    for (const changed of await readChangedVisits(database)) {
      if (changed.problem !== null) continue
      const goesOn = await sendVisitChange({ database, client, onSaved }, changed)
      await readAgain()
      if (!goesOn) return
      void queryClient.invalidateQueries({ queryKey: ['visits'] })
    }
  })
}
