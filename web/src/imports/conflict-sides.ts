import type { ImportConflict } from '@doorstep/contract/import-conflicts'
import type { Visit } from '@doorstep/contract/visits'

/** An attribute in which both sides differ; undefined: that side has deleted the visit. */
export interface Difference {
  readonly field: string
  readonly here: unknown
  readonly sell: unknown
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

/** Sell's attributes: an item of a list, or an event of the stream that calls some otherwise. */
function sellOf(item: unknown): Readonly<Record<string, unknown>> {
  const data = membersOf(membersOf(item)['data'])
  const outcome = data['outcome']
  const location = membersOf(data['sales_rep_location'])
  return {
    ...data,
    ...(outcome !== undefined && { outcome_id: membersOf(outcome)['id'] ?? null }),
    ...('verification_status' in location && {
      rep_location_verification_status: location['verification_status'],
    }),
  }
}

const isDeletion = (item: unknown): boolean =>
  membersOf(membersOf(item)['meta'])['event_type'] === 'deleted'

/** What differs between the visit here and Sell's. `visit`: undefined where it was deleted here. */
export function differencesOf(
  { differs, item }: Pick<ImportConflict, 'differs' | 'item'>,
  visit: Visit | undefined,
): readonly Difference[] {
  const here = visit && membersOf(visit)
  const sell = isDeletion(item) ? undefined : sellOf(item)
  const fields = differs.filter((field) => field !== 'deleted')
  return fields.map((field) => ({
    field,
    here: here && (here[field] ?? null),
    sell: sell && (sell[field] ?? null),
  }))
}

export const isDeletedInSell = ({ item }: Pick<ImportConflict, 'item'>): boolean => isDeletion(item)
