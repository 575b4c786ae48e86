import { setTimeout as pause } from 'node:timers/promises'

import type { ImportProgress } from '../../../domain/import-progress.ts'
import type { ResourceKind } from '../../../domain/visits.ts'
import { idOf, isDeletion } from '../api/items.ts'
import { isRefusal } from '../api/refusals.ts'
import { findTop, readStream } from '../api/stream.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import { recordGaps } from '../proof/gaps.ts'
import { prove } from '../proof/proof.ts'
import type { Listing } from '../ranges/listing.ts'
import {
  markShifted,
  openListing,
  pathOf,
  recordLists,
  recordValues,
  streamOf,
  walkList,
} from './lists.ts'
import { gap, noteGaps, noteUnread, restless } from './small-lists.ts'

export const recordKinds = ['lead', 'contact'] as const

const perRequest = 100
const roundsMax = 10
/** How often Sell may reject the stream's position before the stream is not read any more. */
const lostMax = 2
/** How often in a row a read may not come to the stream's end. */
const behindMax = 2

/** Reads all leads or contacts, range by range. Notes first where their stream ends. */
export async function readRecords(
  ledger: Ledger,
  options: ImportSellOptions,
  kind: ResourceKind,
): Promise<void> {
  const list = recordLists[kind]
  if (ledger.progress.recordPositions?.[kind] === undefined) {
    const { position } = await findTop(options.api, streamOf(list), options.signal)
    await ledger.note({ progress: withPosition(kind, position) })
  }
  const listing = await openListing(ledger, options, list)
  try {
    await walkList(ledger, options, list, listing)
    await noteProof(ledger, list.name, listing)
    await noteGaps(ledger, list.name, 'unread', [])
    await ledger.note({ progress: ({ lists }) => ({ lists: [...new Set([...lists, list.name])] }) })
  } catch (error) {
    await noteUnread(ledger, list.name, error)
  }
}

/** `position`: where to continue in the stream; undefined: the list is complete. */
const withPosition = (kind: ResourceKind, position?: string | null) => (so: ImportProgress) => {
  const { [kind]: _, ...others } = so.recordPositions ?? {}
  return { recordPositions: position === undefined ? others : { ...others, [kind]: position } }
}

/**
 * Saves leads and contacts that changed while their lists were read, and reads ranges again whose
 * pages may have shifted, until no more change. True: some were read.
 */
export async function readRecordChanges(
  ledger: Ledger,
  options: ImportSellOptions,
): Promise<boolean> {
  let isChanged = false
  for (const kind of recordKinds) {
    const position = ledger.progress.recordPositions?.[kind]
    if (position === undefined) continue
    const { name } = recordLists[kind]
    try {
      if (await readChangesOf(ledger, options, kind, position)) isChanged = true
      await ledger.note({ progress: withPosition(kind) })
    } catch (error) {
      await noteUnread(ledger, name, error)
      // NOTE: the next run reads the list again.
      await ledger.note({
        progress: ({ lists }) => ({ lists: lists.filter((list) => list !== name) }),
      })
    }
  }
  return isChanged
}

async function readChangesOf(
  ledger: Ledger,
  options: ImportSellOptions,
  kind: ResourceKind,
  from: string | null,
): Promise<boolean> {
  const { api, signal, clock, settleMs } = options
  const list = recordLists[kind]
  const listing = await openListing(ledger, options, list)
  const valuesOf = recordValues(listing.values.names)
  let position = from
  let isChanged = false
  let lost = 0
  let behind = 0
  for (let round = 0; position !== null && round < roundsMax && behind < behindMax; round++) {
    const end = await readStream(api, streamOf(list), position, signal, clock, async (page) => {
      for (const item of page.items) markShifted(listing, valuesOf, item)
      const changed = page.items.filter((item) => !isDeletion(item)).map(idOf)
      if (await readById(ledger, options, kind, changed, true)) isChanged = true
      await ledger.enter({
        list: list.name,
        items: [],
        ranges: listing.ranges.collectChanged(),
        progress: withPosition(kind, page.position),
      })
      position = page.position
    })
    behind = end === 'behind' ? behind + 1 : 0
    if (end === 'lost') {
      const found = await findTop(api, streamOf(list), signal)
      position = ++lost < lostMax ? found.position : null
      listing.due.markAll()
    }
    const due = listing.due.collect()
    if (due.length === 0 && end === 'top') {
      await noteGaps(ledger, list.name, 'unwatched', [])
      return isChanged
    }
    for (const range of due) listing.restart(range.key)
    await walkList(ledger, options, list, listing)
    await noteProof(ledger, list.name, listing)
    if (due.length > 0) isChanged = true
    await pause(settleMs, undefined, { signal })
  }
  // NOTE: a single page cannot shift.
  const isSafe =
    position === null && listing.ranges.root.phase === 'whole' && listing.ranges.root.up.bound <= 1
  const reason = position === null ? unwatched : restless
  const gaps = isSafe ? [] : [gap(list.name, 'unwatched', reason)]
  await noteGaps(ledger, list.name, 'unwatched', gaps)
  return isChanged
}

/** Reads these records as they are now. `isListed`: Sell names them. True: there were some. */
export async function readById(
  ledger: Ledger,
  { api, signal }: ImportSellOptions,
  kind: ResourceKind,
  ids: Iterable<number>,
  isListed = false,
): Promise<boolean> {
  const list = recordLists[kind]
  const all = [...new Set(ids)]
  for (let at = 0; at < all.length; at += perRequest) {
    const some = all.slice(at, at + perRequest)
    const params = { ids: some.join(','), per_page: String(perRequest) }
    try {
      const { items } = await api.list(pathOf(list), params, signal)
      await ledger.enter({ list: list.name, items, isListed })
    } catch (error) {
      // NOTE: no visit is lost with an unreadable record: the visit names it by its id.
      if (!isRefusal(error)) throw error
    }
  }
  return all.length > 0
}

async function noteProof(ledger: Ledger, list: string, listing: Listing): Promise<void> {
  const proof = prove(listing)
  const mine = proof.restsOn.map((name) => `${list}.${name}`)
  await ledger.note({
    progress: ({ restsOn }) => ({
      restsOn: [...restsOn.filter((name) => !name.startsWith(`${list}.`)), ...mine],
    }),
  })
  await noteGaps(ledger, list, 'unproven', await recordGaps(list, proof))
}

const unwatched =
  'Sell’s stream of them cannot be read. If one was deleted during the import, another may have been ' +
  'missed. Those that visits name were read one by one'
