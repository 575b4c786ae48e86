import type { ImportGap, ToldVisit } from '../../domain/imports.ts'
import type { Ledger } from './ledger.ts'
import type { Plan } from './plan.ts'
import { findListed, listTold, type ToldOptions } from './told-visits.ts'

/** More than these, and more than this part of all, are not taken for deleted. */
const plausibleMax = 100
const plausibleShare = 0.05

interface VanishedOptions extends ToldOptions {
  readonly clock: () => number
  readonly newEventId: () => string
}

/**
 * Visits that an earlier comparison has told of and this one has not were deleted while nobody could
 * follow the stream. Each is looked for once more where it would stand, before it is taken out. Where
 * it is likelier that this token does not see them, all of them stay, and that is answered as a gap.
 */
export async function removeVanished(
  ledger: Ledger,
  options: VanishedOptions,
  plan: Plan,
): Promise<ImportGap | undefined> {
  const { comparison, owner } = ledger.progress
  if (comparison === 1 || !plan.isDone) return undefined
  const vanished: ToldVisit[] = []
  let known = 0
  for await (const told of listTold(options)) {
    if (told.isGone || told.comparison === 0) continue
    known++
    if (told.comparison < comparison) vanished.push(told)
  }
  if (vanished.length === 0) return undefined
  const isPlausible = vanished.length <= Math.max(plausibleMax, plausibleShare * known)
  const isSameUser = (owner?.userIds.length ?? 0) <= 1
  if (!isPlausible || !isSameUser) return hidden(vanished.length, isSameUser)
  for (const told of vanished) {
    const { item, isCertain } = await findListed(options, told)
    if (item !== undefined) await ledger.enter({ list: 'visits', items: [item] })
    else if (isCertain) await ledger.enter({ list: 'visits', items: [deletion(told, options)] })
  }
  return undefined
}

const hidden = (count: number, isSameUser: boolean): ImportGap => ({
  list: 'visits',
  filter: '',
  reason:
    `${count} visits that Sell told before are not listed any more. They stay here: ` +
    (isSameUser
      ? 'so many are likelier hidden from this token than deleted'
      : 'tokens of different users were used, and one may not see what the other did'),
  missingMax: null,
})

/** The event that nobody has told. */
const deletion = (
  visit: ToldVisit,
  { clock, newEventId }: Pick<VanishedOptions, 'clock' | 'newEventId'>,
): unknown => ({
  data: {
    id: visit.id,
    creator_id: visit.creatorId,
    resource_type: visit.resourceKind,
    resource_id: visit.resourceId,
    visited_at: new Date(visit.visitedAt).toISOString(),
    created_at: new Date(visit.visitedAt).toISOString(),
    summary: null,
    outcome: null,
    sales_rep_location: null,
  },
  meta: {
    type: 'visit',
    event_type: 'deleted',
    event_cause: 'system',
    event_id: newEventId(),
    sequence: (visit.sequence ?? 0) + 1,
    event_time: new Date(clock()).toISOString(),
  },
})
