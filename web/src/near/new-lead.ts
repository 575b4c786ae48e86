import type { Customer } from '@doorstep/contract/customers'

import { appQuery } from '../api/app-info.ts'
import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { type LeadAttempt, type LeadDraft, recordKey } from '../offline/database.ts'
import { dropLeadDraft } from '../offline/lead-draft.ts'
import { phoneStore } from '../offline/phone.ts'
import { readAgain } from '../offline/use-records.ts'
import { makeLead, orNull, rounded } from './make-lead.ts'

const defaultRadiusM = 300

/** As this phone shows it until it is read from the server. */
const recordOf = (draft: LeadDraft, id: number, userId: number): Customer => ({
  resource_type: 'lead',
  id,
  name: draft.name.trim(),
  address: orNull(draft.address),
  latitude: rounded(draft.latitude),
  longitude: rounded(draft.longitude),
  radius_m: queryClient.getQueryData(appQuery.queryKey)?.location.radius_m ?? defaultRadiusM,
  owner_id: userId,
  sites: [],
  last_visit: null,
  visits_count: 0,
  visit_every_days: null,
  due_at: null,
})

/**
 * Makes the lead, and puts it among the customers on this phone. Resolves to its id. `keepAttempt` as of
 * makeLead.
 */
export async function saveLead(
  draft: LeadDraft,
  userId: number,
  keepAttempt: (attempt: LeadAttempt | undefined) => Promise<void>,
): Promise<number> {
  const id = await makeLead(draft, { leads: client.leads, userId, keepAttempt })
  const { database } = await phoneStore()
  await database.put('records', recordOf(draft, id, userId), recordKey('lead', id))
  await dropLeadDraft(draft.begunAt)
  await readAgain()
  return id
}
