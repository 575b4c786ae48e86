import { setTimeout as pause } from 'node:timers/promises'

import type { ImportGap } from '../../../domain/import-progress.ts'
import { refreshAll } from '../../../rules/maintenance.ts'
import type { StreamEnd } from '../api/stream.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import { removeDeleted } from '../proof/deleted-in-sell.ts'
import { visitGaps } from '../proof/gaps.ts'
import { prove } from '../proof/proof.ts'
import { RangeComparison, recheck } from '../proof/recheck.ts'
import type { Listing } from '../ranges/listing.ts'
import { sellCap } from '../ranges/walk.ts'
import { readChanges } from './changes.ts'
import { openListing, visitList, walkList } from './lists.ts'
import { readRecordChanges } from './records.ts'
import { gap, readSmallList, restless } from './small-lists.ts'
import { findMentions, readMentioned } from './unlisted-visits.ts'

const roundsMax = 20
/** How often the stream is read in a row while it sends nothing although it has more. */
const readsMax = 10
/** After so many rounds in a row that do not come to the stream's end, the rest is a gap. */
const behindMax = 2

/**
 * Reads all ranges of visits, saves what changed meanwhile, and rechecks the ranges whose pages
 * this may have shifted, until no more change. `lost`: the stream has lost the position, so changes
 * may be missing.
 */
export async function readVisits(
  ledger: Ledger,
  options: ImportSellOptions,
): Promise<'lost' | undefined> {
  const { signal, settleMs } = options
  let listing = await openListing(ledger, options, visitList)
  let comparison = new RangeComparison(listing, sellCap)
  let isRestless = true
  let behind = 0
  for (let round = 0; isRestless && round < roundsMax && behind < behindMax; round++) {
    await walkList(ledger, options, visitList, listing)
    if (ledger.current.phase === 'visits') await ledger.note({ phase: 'changes' })
    await pause(settleMs, undefined, { signal })
    const areNewNamed = round === 0 && (await rereadSmallLists(ledger, options))
    if ((await readRecordChanges(ledger, options)) || areNewNamed) {
      // NOTE: an id that a list names now may be a part of a split.
      listing = await openListing(ledger, options, visitList)
      comparison = new RangeComparison(listing, sellCap)
    }
    const end = await readChangesToTop(ledger, options, listing)
    if (end === 'lost') return 'lost'
    behind = end === 'behind' ? behind + 1 : 0
    // NOTE: events that are still to come may shift pages.
    isRestless = end === 'behind' || !(await recheck(ledger, options, listing, comparison))
    await ledger.enter({ list: 'visits', items: [], ranges: listing.ranges.collectChanged() })
  }
  const doubt = behind > 0 ? unread : isRestless ? restless : undefined
  await conclude(ledger, options, listing, doubt)
  return undefined
}

/** Notes what was proven, once all ranges are read. */
async function conclude(
  ledger: Ledger,
  options: ImportSellOptions,
  listing: Listing,
  doubt: string | undefined,
): Promise<void> {
  const { store, account, signal, clock, newEventId } = options
  const isFollowed = ledger.progress.position !== null
  const proof = prove(listing)
  const isSure = isFollowed && doubt === undefined && proof.gaps.length === 0
  const missing = await removeDeleted(ledger, options, isSure)
  await readMentioned(ledger, options, await findMentions(options))
  await refreshAll(store, account, { newEventId, ...(signal && { signal }) })
  const gaps = await visitGaps(store, account, proof)
  if (missing) gaps.push(missing)
  if (doubt !== undefined) gaps.push(gap('visits', 'unwatched', doubt))
  if (!isFollowed) gaps.push(unfollowed(ledger.progress.streamRefusal))
  await ledger.note({
    progress: (so) => ({
      gaps: [...so.gaps.filter(({ list }) => list !== 'visits'), ...gaps],
      restsOn: [...proof.restsOn, ...so.restsOn.filter((name) => name.includes('.'))],
      passEndedAt: clock(),
      pagesLeft: 0,
    }),
  })
}

/** Reads the stream with pauses as long as Sell says that there are more events and sends none. */
async function readChangesToTop(
  ledger: Ledger,
  options: ImportSellOptions,
  listing: Listing,
): Promise<StreamEnd> {
  for (let reads = 1; ; reads++) {
    const end = await readChanges(ledger, options, listing)
    if (end !== 'behind' || reads === readsMax) return end
    await pause(options.pollMs, undefined, { signal: options.signal })
  }
}

/** Reads users and outcomes again, since pages may have shifted. True: there are new ones. */
async function rereadSmallLists(ledger: Ledger, options: ImportSellOptions): Promise<boolean> {
  const { store, account } = options
  const lists = ['users', 'visit_outcomes'] as const
  const count = async (): Promise<number> => {
    const { id } = ledger.current
    const named = await Promise.all(
      lists.map((list) => store.imports.listListed(account, id, list)),
    )
    return named.flat().length
  }
  const before = await count()
  for (const list of lists) {
    if (ledger.progress.lists.includes(list)) await readSmallList(ledger, options, list)
  }
  return (await count()) > before
}

const unread = 'Sell’s stream did not reach its end, so recent changes may be missing; run it again'

const unfollowed = (refusal: string | null): ImportGap =>
  gap(
    'visits',
    'unwatched',
    `Sell's stream cannot be read (${refusal}): changes during the import may be missing`,
  )
