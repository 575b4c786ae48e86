import type { LeadDraft } from '../offline/database.ts'
import type { NewLeadSearch } from './near-search.ts'

/** With what the form of a new lead begins. */
export interface LeadStart {
  readonly draft: LeadDraft
  /** Whether the pin's place was chosen. */
  readonly isPlaced: boolean
}

/**
 * With what the form begins: the lead that was begun under this id, else another one, where the map was
 * pressed or at `place`.
 */
export function leadStart(
  search: NewLeadSearch & { readonly draft: number },
  begun: readonly LeadDraft[],
  place: Pick<LeadDraft, 'latitude' | 'longitude'>,
): LeadStart {
  const known = begun.find(({ begunAt }) => begunAt === search.draft)
  if (known) return { draft: known, isPlaced: true }
  const [latitude, longitude] = search.at ?? []
  const pressed = latitude === undefined || longitude === undefined ? null : { latitude, longitude }
  return {
    draft: {
      begunAt: search.draft,
      name: search.name ?? '',
      address: '',
      phone: '',
      note: '',
      ...(pressed ?? { latitude: place.latitude, longitude: place.longitude }),
    },
    isPlaced: pressed !== null,
  }
}
