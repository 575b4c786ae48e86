import type { ImportGap } from '../../../domain/import-progress.ts'
import type { SellVisit, SellSnapshot } from '../../../domain/sell-visits.ts'
import { importVisits } from '../../../rules/imports/visits.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import { gap } from '../read/small-lists.ts'
import { listSnapshots } from '../read/snapshots.ts'
import { findListed } from '../read/unlisted-visits.ts'

/** More missing visits than this share of all, or than this number, do not count as deleted. */
const plausibleShare = 0.05
const plausibleMax = 2_000
/** So few always may. */
const fewMax = 3

/**
 * Deletes visits that an earlier full pass has read and this one has not: they were deleted in Sell
 * while the stream was not followed. Looks for each among the visits of its lead or contact first.
 * If this token may not see them, or they may have been missed (`isSure` is false), all of them
 * stay. Answers those that stay as a gap.
 */
export async function removeDeleted(
  ledger: Ledger,
  options: ImportSellOptions,
  isSure: boolean,
): Promise<ImportGap | undefined> {
  const { pass, owner } = ledger.progress
  if (pass === 1) return undefined
  const missing: SellSnapshot[] = []
  let known = 0
  for await (const snapshot of listSnapshots(options.store, options.account)) {
    if (snapshot.isDeleted || snapshot.pass === 0) continue
    known++
    if (snapshot.pass < pass) missing.push(snapshot)
  }
  if (missing.length === 0) return undefined
  const [userId = null, ...others] = owner?.userIds ?? []
  const isPlausible =
    missing.length <= Math.max(fewMax, Math.min(plausibleMax, plausibleShare * known))
  if (userId === null || others.length > 0) return stay(missing.length, otherUser)
  if (!isPlausible) return stay(missing.length, tooMany)
  if (!isSure) return stay(missing.length, unsure)
  let left = 0
  for (const snapshot of missing) {
    const { item, isCertain } = await findListed(options.api, snapshot, options.signal)
    if (item !== undefined) await ledger.enter({ list: 'visits', items: [item] })
    else if (isCertain) await remove(ledger, options, snapshot)
    else left++
  }
  return left > 0 ? stay(left, unsure) : undefined
}

const otherUser = 'the tokens may belong to different users, and each may see other visits'
const tooMany = 'so many are more likely hidden from this token than deleted'
const unsure = 'it is not certain that Sell has shown all other visits'

const stay = (count: number, why: string): ImportGap => {
  const visits = count === 1 ? '1 visit is' : `${count} visits are`
  return gap(
    'visits',
    'unproven',
    `${visits} no longer listed by Sell and not deleted here: ${why}`,
  )
}

/** Saves the deletion that the stream did not report. */
const remove = (
  ledger: Ledger,
  { clock, newEventId }: ImportSellOptions,
  snapshot: SellSnapshot,
): Promise<void> => {
  const { pass } = ledger.progress
  const deletion: SellVisit = {
    id: snapshot.id,
    creatorId: snapshot.creatorId,
    outcomeId: null,
    status: snapshot.status,
    resourceType: snapshot.resourceKind,
    resourceId: snapshot.resourceId,
    summary: null,
    visitedAt: snapshot.visitedAt,
    createdAt: snapshot.visitedAt,
    event: {
      id: newEventId(),
      type: 'deleted',
      cause: 'system',
      sequence: (snapshot.sequence ?? 0) + 1,
      at: clock(),
      isMissed: true,
    },
  }
  return ledger.enter({
    list: 'visits',
    items: [],
    before: async (tx) => {
      await importVisits(tx, [deletion], newEventId, { pass, now: clock() })
    },
  })
}
