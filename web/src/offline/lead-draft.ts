import { useQuery } from '@tanstack/react-query'

import { queryClient } from '../api/query-client.ts'
import type { Database, LeadDraft } from './database.ts'
import { phoneStore } from './phone.ts'

const prefix = 'lead_draft '
const queryKey = ['phone_lead_drafts'] as const

const isDraft = (value: unknown): value is LeadDraft =>
  typeof value === 'object' && value !== null && 'begunAt' in value && 'latitude' in value

/** The new leads that were begun on this phone, the newest first. */
export async function readLeadDrafts(database: Database): Promise<readonly LeadDraft[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  const drafts = (await database.getAll('facts', range)).filter(isDraft)
  return drafts.toSorted((one, other) => other.begunAt - one.begunAt)
}

async function write(change: (database: Database) => Promise<unknown>): Promise<void> {
  const { database } = await phoneStore()
  await change(database)
  queryClient.setQueryData(queryKey, await readLeadDrafts(database))
}

/** Stores a new lead that is being written. */
export const keepLeadDraft = (draft: LeadDraft): Promise<void> =>
  write((database) => database.put('facts', draft, prefix + draft.begunAt))

/** Deletes a new lead that was begun: it is given up, or the server has it. */
export const dropLeadDraft = (begunAt: number): Promise<void> =>
  write((database) => database.delete('facts', prefix + begunAt))

/** The new leads that were begun, the newest first. Undefined while they are being read. */
export function useLeadDrafts(): readonly LeadDraft[] | undefined {
  const { data } = useQuery({
    queryKey,
    queryFn: async () => readLeadDrafts((await phoneStore()).database),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data
}
