import type { AccountKey } from '../../../domain/accounts.ts'
import type { ImportGap, SellSnapshot } from '../../../domain/imports.ts'
import type { Store } from '../../../domain/store.ts'
import { printVisit, type Visit } from '../../../domain/visits.ts'
import { saysTheSame } from '../../../rules/imports/conflicts.ts'
import { Rejection } from '../../attributes.ts'
import { readSellItem } from '../../sell-items.ts'
import type { SellApi } from '../api/client.ts'
import { dataOf } from '../api/items.ts'
import { sightingOf, visitDimensions, visitParameters } from '../plan/parameters.ts'
import { Plan } from '../plan/plan.ts'
import { visitGaps } from '../proof/gaps.ts'
import { prove } from '../proof/proof.ts'
import { readCatalogue } from '../read/catalogue.ts'
import { walkRanges } from '../read/ranges.ts'
import { differingFields, sideBySide, Tally } from './checksum.ts'

export interface VerifyOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  /** The import that is verified; what its lists have named is known. */
  readonly importId: number | undefined
  readonly inFlight: number
  /** Visits that are compared with the live API one by one. */
  readonly sampleSize: number
  /** 0 to 1; tests give their own. */
  readonly random: () => number
  readonly onProgress: (read: number, expected: number) => void
  readonly signal?: AbortSignal | undefined
}

/** A visit that is not the same on both sides. */
export interface Difference {
  readonly id: number
  readonly kind: 'only_in_sell' | 'only_here' | 'differs'
  readonly fields: readonly string[]
}

export interface Verification {
  readonly there: Tally
  readonly here: Tally
  readonly counts: ReturnType<typeof sideBySide>
  readonly differences: readonly Difference[]
  readonly differencesCount: number
  /** Visits that were changed or deleted here on purpose: Sell has them as it told. */
  readonly changedHere: number
  /** Visits changed on both sides, of which nobody has decided yet. */
  readonly openConflicts: number
  readonly sample: { readonly compared: number; readonly differing: readonly Difference[] }
  readonly gaps: readonly ImportGap[]
  readonly restsOn: readonly string[]
}

const chunk = 2_000
const differencesMax = 1_000

/**
 * Reads every visit out of Sell once more and compares each with what is here; then takes some by
 * chance and asks for each of them alone. Changes nothing.
 */
export async function verifyImport(options: VerifyOptions): Promise<Verification> {
  const { store, account } = options
  const there = new Tally()
  const here = new Tally()
  const seen = new Set<number>()
  const differences: Difference[] = []
  let differencesCount = 0
  let changedHere = 0
  const differs = (difference: Difference): void => {
    differencesCount++
    if (differences.length < differencesMax) differences.push(difference)
  }

  const plan = await walkAll(options, async (items) => {
    const fresh = items.map(dataOf).filter((data) => !seen.has(Number(data['id'])))
    const byId = new Map(fresh.map((data) => [Number(data['id']), data]))
    const known = await store.imports.findVisits(account, [...byId.keys()])
    for (const [id, data] of byId) {
      seen.add(id)
      there.add(data)
      const visit = known.get(id)
      const verdict = await compare(options, data, visit)
      if (verdict === 'changed_here') changedHere++
      else if (verdict) differs(verdict)
    }
  })

  const firstLocalId = await store.accounts.firstLocalId(account)
  // NOTE: what was logged here Sell has never told of, nor what a file without ids of Sell's held.
  for (let after = 0; ;) {
    const told = await store.imports.listTold(account, after, chunk)
    const ids = told.map(({ id }) => id).filter((id) => id < firstLocalId)
    for (const visit of (await store.imports.findVisits(account, ids)).values()) {
      here.add(itemOf(visit))
      if (!seen.has(visit.id)) differs({ id: visit.id, kind: 'only_here', fields: [] })
    }
    const last = told.at(-1)
    if (!last) break
    after = last.id
  }

  const proof = prove(plan)
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

const itemOf = (visit: Visit): Readonly<Record<string, unknown>> =>
  dataOf(JSON.parse(printVisit(visit)))

async function walkAll(
  options: VerifyOptions,
  take: (items: readonly unknown[]) => Promise<void>,
): Promise<Plan> {
  const { api, inFlight, signal, store, account, importId, onProgress } = options
  const plan = new Plan(visitDimensions(await readCatalogue(store, account, importId)))
  let read = 0
  await walkRanges({
    api,
    path: '/v2/visits',
    plan,
    inFlight,
    signal,
    sight: (item, before) => sightingOf(item, before, visitParameters),
    save: async (pages) => {
      const items = pages.flatMap((page) => page.items)
      await take(items)
      read += items.length
      onProgress(read, Math.round(plan.root.expected))
    },
  })
  return plan
}

/** undefined: the same on both sides. */
async function compare(
  { store, account }: Pick<VerifyOptions, 'store' | 'account'>,
  data: Readonly<Record<string, unknown>>,
  visit: Visit | undefined,
): Promise<Difference | 'changed_here' | undefined> {
  const id = Number(data['id'])
  const fields = visit ? differingFields(data, itemOf(visit)) : []
  if (visit && fields.length === 0) return undefined
  const [told] = await store.imports.listTold(account, id - 1, 1)
  const isAsTold = told?.id === id && !told.isGone && isToldAgain(data, told)
  // NOTE: what Sell still says as it said when it was taken in was changed on this side.
  const isNewerHere = visit
    ? visit.updatedAt > Date.parse(String(data['updated_at']))
    : (await store.imports.findDeletedVisits(account, [id])).has(id)
  if (isAsTold && isNewerHere) return 'changed_here'
  return { id, kind: visit ? 'differs' : 'only_in_sell', fields }
}

function isToldAgain(data: Readonly<Record<string, unknown>>, told: SellSnapshot): boolean {
  try {
    const read = readSellItem({ data, meta: { type: 'visit' } })
    return read.kind === 'visit' && saysTheSame(read.object, told)
  } catch (error) {
    if (error instanceof Rejection) return false
    throw error
  }
}

/** Some of the visits, each asked for by its lead or contact. */
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
  for (const [id, visit] of await store.imports.findVisits(account, [...chosen])) {
    const data = await findLive(api, visit, signal)
    compared++
    const verdict = data
      ? await compare(options, data, visit)
      : ({ id, kind: 'only_here', fields: [] } as const)
    if (verdict && verdict !== 'changed_here') differing.push(verdict)
  }
  return { compared, differing }
}

async function findLive(api: SellApi, visit: Visit, signal: AbortSignal | undefined) {
  for (let page = 1; page <= 100; page++) {
    const { items } = await api.list(
      '/v2/visits',
      {
        resource_type: visit.resourceType === 'lead' ? 'lead' : 'contact',
        resource_id: String(visit.resourceId),
        sort_by: 'id:asc',
        per_page: '100',
        page: String(page),
      },
      signal,
    )
    const found = items.map(dataOf).find((data) => data['id'] === visit.id)
    const last = items.at(-1)
    if (found || last === undefined || Number(dataOf(last)['id']) > visit.id) return found
  }
  return undefined
}
