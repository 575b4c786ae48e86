import { useQuery } from '@tanstack/react-query'

import { queryClient } from '../api/query-client.ts'
import type { LeadDraft } from './database.ts'
import { phoneStore } from './phone.ts'

const key = 'lead_draft'
const queryKey = ['phone_lead_draft'] as const

const isDraft = (value: unknown): value is LeadDraft =>
  typeof value === 'object' && value !== null && 'name' in value && 'latitude' in value

export async function readLeadDraft(): Promise<LeadDraft | null> {
  const draft = await (await phoneStore()).database.get('facts', key)
  return isDraft(draft) ? draft : null
}

/** Keeps the new lead that is being written; null: it is given up, or the server has it. */
export async function keepLeadDraft(draft: LeadDraft | null): Promise<void> {
  const { database } = await phoneStore()
  await (draft ? database.put('facts', draft, key) : database.delete('facts', key))
  queryClient.setQueryData(queryKey, draft)
}

/** The new lead that was begun; null: none. Undefined while it is being read. */
export function useLeadDraft(): LeadDraft | null | undefined {
  const { data } = useQuery({
    queryKey,
    queryFn: readLeadDraft,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data
}
