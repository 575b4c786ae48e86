import type { ImportGap, SellSnapshot } from '../../../domain/imports.ts'
import type { SellVisit } from '../../../domain/sell-visits.ts'
import { importVisits } from '../../../rules/imports/visits.ts'
import type { Ledger } from '../ledger.ts'
import { gap } from '../read/small-lists.ts'
import { findListed, listTold, type ToldOptions } from '../read/unlisted-visits.ts'

/** More than this part of all, or than these, are not taken for deleted; a few always may be. */
const plausibleShare = 0.05
const plausibleMax = 2_000
const fewMax = 3

interface VanishedOptions extends ToldOptions {
  readonly clock: () => number
  readonly newEventId: () => string
}

/**
 * Visits that an earlier comparison has told of and this one has not were deleted while nobody could
 * follow the stream. Each is looked for once more among those of its lead or contact, before it is taken
 * out. Where it may as well be that this token does not see them, or that they were missed (`isSure`
 * is false), all of them stay. Answers what stays, as a gap.
 */
export async function removeVanished(
  ledger: Ledger,
  options: VanishedOptions,
  isSure: boolean,
): Promise<ImportGap | undefined> {
  const { comparison, owner } = ledger.progress
  if (comparison === 1) return undefined
  const vanished: SellSnapshot[] = []
  let known = 0
  for await (const told of listTold(options)) {
    if (told.isGone || told.comparison === 0) continue
    known++
    if (told.comparison < comparison) vanished.push(told)
  }
  if (vanished.length === 0) return undefined
  const [userId = null, ...others] = owner?.userIds ?? []
  const isPlausible =
    vanished.length <= Math.max(fewMax, Math.min(plausibleMax, plausibleShare * known))
  if (userId === null || others.length > 0) return hidden(vanished.length, otherEyes)
  if (!isPlausible) return hidden(vanished.length, tooMany)
  if (!isSure) return hidden(vanished.length, unsure)
  let left = 0
  for (const told of vanished) {
    const { item, isCertain } = await findListed(options, told)
    if (item !== undefined) await ledger.enter({ list: 'visits', items: [item] })
    else if (isCertain) await remove(ledger, options, told)
    else left++
  }
  return left > 0 ? hidden(left, unsure) : undefined
}

const otherEyes =
  'it is not known that all tokens were of one user, and one may not see what another did'
const tooMany = 'so many are likelier hidden from this token than deleted'
const unsure = 'it is not certain that Sell has shown everything else'

const hidden = (count: number, why: string): ImportGap =>
  gap('visits', 'unproven', `${count} told before are not listed any more. They stay here: ${why}`)

/** The event that nobody has told. */
const remove = (
  ledger: Ledger,
  { clock, newEventId }: Pick<VanishedOptions, 'clock' | 'newEventId'>,
  told: SellSnapshot,
): Promise<void> => {
  const { comparison } = ledger.progress
  const deletion: SellVisit = {
    id: told.id,
    creatorId: told.creatorId,
    outcomeId: null,
    status: told.status,
    resourceType: told.resourceKind,
    resourceId: told.resourceId,
    summary: null,
    visitedAt: told.visitedAt,
    createdAt: told.visitedAt,
    event: {
      id: newEventId(),
      type: 'deleted',
      cause: 'system',
      sequence: (told.sequence ?? 0) + 1,
      at: clock(),
      isMissed: true,
    },
  }
  return ledger.enter({
    list: 'visits',
    items: [],
    before: async (tx) => {
      await importVisits(tx, [deletion], newEventId, { comparison, now: clock() })
    },
  })
}
