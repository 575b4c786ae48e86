import type { AccountKey } from '../../../domain/accounts.ts'
import type { Store } from '../../../domain/store.ts'
import type { ResourceKind } from '../../../domain/visits.ts'
import { isObject } from '../../attributes.ts'
import { type Attributes, dataOf, metaOf } from '../api/items.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import { Listing } from '../ranges/listing.ts'
import { contactParameters, leadParameters, visitParameters } from '../ranges/parameters.ts'
import type { Parameter, Range, Values } from '../ranges/ranges.ts'
import { listUsers, readCatalogue } from './catalogue.ts'
import { walkRanges } from './ranges.ts'

/** A list that is read range by range, with the stream that reports its changes. */
export interface ReadList {
  readonly name: 'visits' | 'leads' | 'contacts'
  /** `importId`: whose lists name values; undefined: every value that is here counts as named. */
  readonly findParameters: (
    store: Store,
    account: AccountKey,
    importId: number | undefined,
  ) => Promise<Parameter[]>
  readonly hasTimes: boolean
}

export const pathOf = ({ name }: ReadList): string => `/v2/${name}`
export const streamOf = ({ name }: ReadList): string => `/v3/${name}/stream`

export const visitList: ReadList = {
  name: 'visits',
  findParameters: async (...whose) => visitParameters(await readCatalogue(...whose)),
  hasTimes: true,
}

const recordList = (name: 'leads' | 'contacts', parametersOf: typeof leadParameters): ReadList => ({
  name,
  findParameters: async (...whose) => parametersOf(await listUsers(...whose)),
  hasTimes: false,
})

export const recordLists: Readonly<Record<ResourceKind, ReadList>> = {
  lead: recordList('leads', leadParameters),
  contact: recordList('contacts', contactParameters),
}

/** The listing as it was saved, with the values known by now. */
export async function openListing(
  ledger: Ledger,
  { store, account }: ImportSellOptions,
  list: ReadList,
): Promise<Listing> {
  const { id } = ledger.current
  const saved = await store.imports.listRanges(account, id, list.name)
  const ranges = saved.map(({ state }): Range => JSON.parse(state))
  const parameters = await list.findParameters(store, account, id)
  return new Listing(parameters, ranges, { hasTimes: list.hasTimes })
}

/** Reads all pages that the listing asks for. */
export async function walkList(
  ledger: Ledger,
  { api, signal, inFlight }: ImportSellOptions,
  list: ReadList,
  listing: Listing,
): Promise<void> {
  const isVisits = list === visitList
  await walkRanges({
    api,
    path: pathOf(list),
    listing,
    inFlight,
    signal,
    save: (pages, changed) =>
      ledger.enter({
        list: list.name,
        items: pages.flat(),
        // NOTE: visits are split by the ids of leads and contacts, never the other way round.
        isListed: !isVisits,
        ranges: changed,
        progress: isVisits
          ? { expected: Math.round(listing.ranges.root.expected), pagesLeft: listing.pagesLeft }
          : {},
      }),
  })
}

/**
 * Marks the ranges whose pages an event has shifted: an item that enters or leaves a range moves
 * all behind it, so that one may move from a page not read yet to one already read. `stored`: the
 * item's values before.
 */
export function markShifted(
  listing: Listing,
  valuesOf: (data: Attributes) => Values,
  event: unknown,
  stored?: Values,
): void {
  const { event_type: type, previous } = metaOf(event)
  const data = dataOf(event)
  const now = valuesOf(data)
  if (type === 'created') listing.due.mark(now, true)
  if (type === 'deleted') {
    listing.due.mark(now, false)
    if (stored) listing.due.mark(stored, false)
  }
  if (type !== 'updated') return
  const before = valuesOf({ ...data, ...(isObject(previous) && previous) })
  if (differs(now, before) || differs(before, now)) listing.due.markMoved(before, now)
  // NOTE: what was stored has values that this event leaves out.
  if (stored && differs(now, stored)) listing.due.markMoved(stored, now)
}

const differs = (one: Values, other: Values): boolean =>
  Object.entries(one).some(([name, value]) => other[name] !== value)

/** The values in the data of a record's event. A value that it leaves out is unknown. */
export const recordValues =
  (names: readonly string[]) =>
  (data: Attributes): Values =>
    Object.fromEntries(
      names
        .filter((name) => data[name] !== undefined && data[name] !== null)
        .map((name) => [name, String(data[name])]),
    )
