import { NetworkError } from '@doorstep/client/errors'
import type { Customer } from '@doorstep/contract/customers'

import { client } from '../api/client.ts'
import { appQuery } from '../api/queries.ts'
import { queryClient } from '../api/query-client.ts'
import { type LeadDraft, recordKey } from '../offline/database.ts'
import { keepLeadDraft } from '../offline/lead-draft.ts'
import { phoneStore } from '../offline/phone.ts'
import { readAgain } from '../offline/use-records.ts'

const defaultRadiusM = 300
/** Within which a lead of the same name is the one whose answer was lost. */
const sameM = 100

const orNull = (text: string): string | null => text.trim() || null

/** About a decimetre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** The lead that an attempt whose answer was lost has made; undefined: it has made none. */
async function madeBefore({ name, latitude, longitude }: LeadDraft): Promise<number | undefined> {
  const near: [number, number, number] = [latitude, longitude, sameM]
  const { items } = await client.customers.list({ near, per_page: 100 })
  const found = items.find(
    ({ data }) => 'name' in data && data.resource_type === 'lead' && data.name === name.trim(),
  )
  return found?.data.id
}

async function create(draft: LeadDraft, userId: number): Promise<number> {
  const line1 = orNull(draft.address)
  const { data } = await client.leads.create({
    organization_name: draft.name.trim(),
    phone: orNull(draft.phone),
    description: orNull(draft.note),
    owner_id: userId,
    latitude: rounded(draft.latitude),
    longitude: rounded(draft.longitude),
    location_precision: 'pin',
    ...(line1 !== null && { address: { line1 } }),
  })
  return data.id
}

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
 * Makes the lead, once even if the answer of an earlier attempt was lost, and puts it among the
 * customers on this phone. Resolves to its id.
 */
export async function saveLead(
  draft: LeadDraft,
  userId: number,
  wasUnsure: boolean,
): Promise<number> {
  const before = wasUnsure ? await madeBefore(draft) : undefined
  const id = before ?? (await create(draft, userId))
  const { database } = await phoneStore()
  await database.put('records', recordOf(draft, id, userId), recordKey('lead', id))
  await keepLeadDraft(null)
  await readAgain()
  return id
}

/** Whether nobody can tell if the lead was made. */
export const isUnsure = (error: unknown): boolean => error instanceof NetworkError
