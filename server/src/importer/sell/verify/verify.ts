import type { AccountKey } from '../../../domain/accounts.ts'
import type { ImportGap } from '../../../domain/import-progress.ts'
import type { SellSnapshot } from '../../../domain/sell-visits.ts'
import type { Store } from '../../../domain/store.ts'
import { printVisit } from '../../../domain/visit-items.ts'
import type { Visit } from '../../../domain/visits.ts'
import { matchesSnapshot } from '../../../rules/imports/three-way.ts'
import { Rejection } from '../../attributes.ts'
import { readSellItem } from '../../sell-items.ts'
import type { SellApi } from '../api/client.ts'
import { dataOf } from '../api/items.ts'
import { visitGaps } from '../proof/gaps.ts'
import { prove } from '../proof/proof.ts'
import { Listing } from '../ranges/listing.ts'
import { pathOf, visitList } from '../read/lists.ts'
import { walkRanges } from '../read/ranges.ts'
import { listSnapshots } from '../read/snapshots.ts'
import { searchListed } from '../read/unlisted-visits.ts'
import { Checksum, differingFields, sideBySide } from './checksum.ts'

export interface VerifyOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  /** The import to verify; the ids that its lists have named count as listed. */
  readonly importId: number | undefined
  readonly inFlight: number
  /** How many visits are compared with the live API one by one. */
  readonly sampleSize: number
  /** From 0 to below 1. */
  readonly random: () => number
  readonly onProgress: (read: number, expected: number) => void
  readonly signal?: AbortSignal | undefined
}

/** A visit that differs between the two sides. */
export interface Difference {
  readonly id: number
  readonly kind: 'only_in_sell' | 'only_here' | 'differs'
  readonly fields: readonly string[]
}

export interface Verification {
  readonly there: Checksum
  readonly here: Checksum
  readonly counts: ReturnType<typeof sideBySide>
  readonly differences: readonly Difference[]
  readonly differencesCount: number
  /** Visits that were changed or deleted here only: Sell has them as they were imported. */
  readonly changedHere: number
  /** Visits changed on both sides, without a decision yet. */
  readonly openConflicts: number
  readonly sample: { readonly compared: number; readonly differing: readonly Difference[] }
  readonly gaps: readonly ImportGap[]
  readonly restsOn: readonly string[]
}

const chunk = 2_000
const differencesMax = 1_000

/** Compares every visit of Sell with the visit here, and a random sample again. Changes nothing. */
export async function verifyImport(options: VerifyOptions): Promise<Verification> {
  const { store, account } = options
  const there = new Checksum()
  const here = new Checksum()
  const seen = new Set<number>()
  const differences: Difference[] = []
  let differencesCount = 0
  let changedHere = 0
  const differs = (difference: Difference): void => {
    differencesCount++
    if (differences.length < differencesMax) differences.push(difference)
  }

  const listing = await walkAll(options, async (items) => {
    const fresh = items.map(dataOf).filter((data) => !seen.has(Number(data['id'])))
    const byId = new Map(fresh.map((data) => [Number(data['id']), data]))
    const known = await store.visits.find(account, [...byId.keys()])
    for (const [id, data] of byId) {
      seen.add(id)
      there.add(data)
      const visit = known.get(id)
      const verdict = await compare(options, data, visit)
      if (verdict === 'changed_here') changedHere++
      else if (verdict) differs(verdict)
    }
  })

  await addOurs(options, here, ({ id }) => {
    if (!seen.has(id)) differs({ id, kind: 'only_here', fields: [] })
  })
  const proof = prove(listing)
  return {
    there,
    here,
    counts: sideBySide(there.counts, here.counts),
    differences,
    differencesCount,
    changedHere,
    openConflicts: await store.imports.countConflicts(account, 'open'),
    sample: await compareSample(options, [...seen]),
    gaps: await visitGaps(store, account, proof),
    restsOn: proof.restsOn,
  }
}

/**
 * Adds the imported visits. Sell has neither those logged here nor those of files without its ids.
 */
async function addOurs(
  { store, account }: VerifyOptions,
  here: Checksum,
  onVisit: (visit: Visit) => void,
): Promise<void> {
  const firstLocalId = await store.accounts.firstLocalId(account)
  let ids: number[] = []
  const add = async (): Promise<void> => {
    for (const visit of (await store.visits.find(account, ids)).values()) {
      here.add(itemOf(visit))
      onVisit(visit)
    }
    ids = []
  }
  for await (const { id } of listSnapshots(store, account)) {
    if (id < firstLocalId) ids.push(id)
    if (ids.length === chunk) await add()
  }
  await add()
}

const itemOf = (visit: Visit): Readonly<Record<string, unknown>> =>
  dataOf(JSON.parse(printVisit(visit)))

async function walkAll(
  options: VerifyOptions,
  compareAll: (items: readonly unknown[]) => Promise<void>,
): Promise<Listing> {
  const { api, inFlight, signal, store, account, importId, onProgress } = options
  const listing = new Listing(await visitList.findParameters(store, account, importId))
  let read = 0
  await walkRanges({
    api,
    path: pathOf(visitList),
    listing,
    inFlight,
    signal,
    save: async (pages) => {
      const items = pages.flat()
      await compareAll(items)
      read += items.length
      onProgress(read, Math.round(listing.ranges.root.expected))
    },
  })
  return listing
}

/** undefined: no difference. */
async function compare(
  { store, account }: Pick<VerifyOptions, 'store' | 'account'>,
  data: Readonly<Record<string, unknown>>,
  visit: Visit | undefined,
): Promise<Difference | 'changed_here' | undefined> {
  const id = Number(data['id'])
  const fields = visit ? differingFields(data, itemOf(visit)) : []
  if (visit && fields.length === 0) return undefined
  const [snapshot] = await store.imports.listSnapshots(account, id - 1, 1)
  const isAsImported = snapshot?.id === id && !snapshot.isDeleted && isUnchanged(data, snapshot)
  // NOTE: Sell still sends this visit as it was imported, so it was changed on this side.
  const isNewerHere = visit
    ? visit.updatedAt > Date.parse(String(data['updated_at']))
    : (await store.visits.findDeleted(account, [id])).has(id)
  if (isAsImported && isNewerHere) return 'changed_here'
  return { id, kind: visit ? 'differs' : 'only_in_sell', fields }
}

function isUnchanged(data: Readonly<Record<string, unknown>>, snapshot: SellSnapshot): boolean {
  try {
    const read = readSellItem({ data, meta: { type: 'visit' } })
    return read.kind === 'visit' && matchesSnapshot(read.object, snapshot)
  } catch (error) {
    if (error instanceof Rejection) return false
    throw error
  }
}

/** Requests some of the visits by their lead or contact. */
async function compareSample(
  options: VerifyOptions,
  ids: readonly number[],
): Promise<Verification['sample']> {
  const { store, account, api, sampleSize, random, signal } = options
  const chosen = new Set<number>()
  while (chosen.size < Math.min(sampleSize, ids.length)) {
    chosen.add(ids[Math.floor(random() * ids.length)] ?? 0)
  }
  const differing: Difference[] = []
  let compared = 0
  for (const [id, visit] of await store.visits.find(account, [...chosen])) {
    const resourceKind = visit.resourceType === 'lead' ? 'lead' : 'contact'
    const { item } = await searchListed(api, { ...visit, resourceKind }, signal)
    compared++
    const verdict = item
      ? await compare(options, dataOf(item), visit)
      : ({ id, kind: 'only_here', fields: [] } as const)
    if (verdict && verdict !== 'changed_here') differing.push(verdict)
  }
  return { compared, differing }
}
