import { setTimeout as pause } from 'node:timers/promises'

import type { ImportGap, ImportProgress } from '../../domain/imports.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { type SellApi, SellRefusal } from './api-client.ts'
import { listPeople } from './catalogue.ts'
import { dataOf, idOf, metaOf } from './items.ts'
import type { Ledger } from './ledger.ts'
import type { Plan } from './plan.ts'
import { prove } from './proof.ts'
import { walkRanges } from './range-walk.ts'
import type { Dimension, Sighting } from './ranges.ts'
import { recordGaps } from './report.ts'
import { type ListOptions, noteGaps, restorePlan } from './sell-lists.ts'
import { contactDimensions, leadDimensions, sightingOf } from './sightings.ts'
import { findTop, readStream } from './stream-pages.ts'

export const recordKinds = ['lead', 'contact'] as const

const perRequest = 100
const roundsMax = 10

export interface RecordOptions extends ListOptions {
  readonly clock: () => number
  /** How long after a change Sell's streams tell of it, at the latest. */
  readonly settleMs: number
}

const streamOf = (kind: ResourceKind): string => `/v3/${kind}s/stream`

/** The newest ends of the streams of leads and contacts, of those that may be read. */
export async function findRecordTops(
  api: SellApi,
  signal: AbortSignal | undefined,
): Promise<NonNullable<ImportProgress['recordPositions']>> {
  const tops = await Promise.all(
    recordKinds.map(async (kind) => {
      const found = await findTop(api, streamOf(kind), signal)
      return [kind, 'position' in found ? found.position : null] as const
    }),
  )
  return Object.fromEntries(tops)
}

/** Reads all leads or contacts, range by range. */
export async function readRecords(
  ledger: Ledger,
  options: ListOptions,
  kind: ResourceKind,
): Promise<void> {
  const { plan, parameters } = await openRecordPlan(ledger, options, kind)
  try {
    await walkRecords(ledger, options, kind, plan, parameters)
    await noteProof(ledger, kind, plan, [])
  } catch (error) {
    if (!(error instanceof SellRefusal) || error.status === 401) throw error
    await noteGaps(ledger, `${kind}s`, [refused(`${kind}s`, error)])
  }
}

/**
 * Takes in which leads and contacts have come or changed while their lists were read, and reads ranges
 * again whose pages may have shifted, until nothing moves. True: something was read again.
 */
export async function settleRecords(ledger: Ledger, options: RecordOptions): Promise<boolean> {
  let isChanged = false
  for (const kind of recordKinds) {
    const position = ledger.progress.recordPositions?.[kind]
    if (position === undefined) continue
    if (await settleKind(ledger, options, kind, position)) isChanged = true
    await ledger.note({ progress: (so) => ({ recordPositions: without(kind, so) }) })
  }
  return isChanged
}

async function settleKind(
  ledger: Ledger,
  options: RecordOptions,
  kind: ResourceKind,
  top: string | null,
): Promise<boolean> {
  const { api, signal, clock, settleMs } = options
  const list = `${kind}s`
  const { plan, parameters } = await openRecordPlan(ledger, options, kind)
  // NOTE: nothing slips from one page to another where there is one.
  if (plan.root.isRefused || isOnePage(plan)) return false
  if (top === null) {
    await noteProof(ledger, kind, plan, [unwatched(list)])
    return false
  }
  let isChanged = false
  let position = top
  for (let round = 0; round < roundsMax; round++) {
    const named = new Set<number>()
    const end = await readStream(api, streamOf(kind), position, signal, clock, async (page) => {
      for (const item of page.items) {
        markShifted(plan, item, parameters)
        if (metaOf(item)['event_type'] !== 'deleted') named.add(idOf(item))
      }
      position = page.position
      await ledger.enter({
        list,
        items: [],
        ranges: plan.takeChanged(),
        progress: (so) => ({ recordPositions: { ...so.recordPositions, [kind]: position } }),
      })
    })
    if (named.size > 0) {
      await readById(ledger, options, kind, named)
      isChanged = true
    }
    if (end === 'gone') {
      const found = await findTop(api, streamOf(kind), signal)
      if ('refusal' in found) break
      position = found.position
      for (const range of plan.ranges()) plan.mark(range.filter, false)
    }
    const due = plan.takeDue()
    if (due.length === 0 && end === 'top') return isChanged
    for (const range of due) plan.restart(range.key)
    await walkRecords(ledger, options, kind, plan, parameters)
    await noteProof(ledger, kind, plan, [])
    isChanged = true
    await pause(settleMs, undefined, { signal })
  }
  await noteProof(ledger, kind, plan, [restless(list)])
  return isChanged
}

/** These leads or contacts, as they are now. */
export async function readById(
  ledger: Ledger,
  { api, signal }: ListOptions,
  kind: ResourceKind,
  named: Iterable<number>,
): Promise<void> {
  const all = [...named]
  for (let at = 0; at < all.length; at += perRequest) {
    const ids = all.slice(at, at + perRequest)
    const params = { ids: ids.join(','), per_page: String(perRequest) }
    try {
      const { items } = await api.list(`/v2/${kind}s`, params, signal)
      await ledger.enter({ list: `${kind}s`, items })
    } catch (error) {
      // NOTE: a record that cannot be read is no lost visit: the visit names it by its id.
      if (!(error instanceof SellRefusal) || error.status === 401) throw error
    }
  }
}

interface RecordPlan {
  readonly plan: Plan
  /** Parameters by which the list can be filtered. */
  readonly parameters: readonly string[]
}

async function openRecordPlan(
  ledger: Ledger,
  options: ListOptions,
  kind: ResourceKind,
): Promise<RecordPlan> {
  const people = await listPeople(options.store, options.account)
  const dimensions: Dimension[] =
    kind === 'lead' ? leadDimensions(people) : contactDimensions(people)
  const plan = await restorePlan(ledger, options, `${kind}s`, dimensions, false)
  return { plan, parameters: dimensions.map(({ name }) => name) }
}

async function walkRecords(
  ledger: Ledger,
  { api, signal, inFlight }: ListOptions,
  kind: ResourceKind,
  plan: Plan,
  parameters: readonly string[],
): Promise<void> {
  const list = `${kind}s`
  await walkRanges({
    api,
    path: `/v2/${list}`,
    plan,
    inFlight,
    signal,
    sight: (item, before) => sightingOf(item, before, parameters),
    save: (pages, changed) =>
      ledger.enter({ list, items: pages.flatMap(({ items }) => items), ranges: changed }),
  })
}

async function noteProof(
  ledger: Ledger,
  kind: ResourceKind,
  plan: Plan,
  more: readonly ImportGap[],
): Promise<void> {
  const list = `${kind}s`
  const proof = prove(plan)
  const mine = proof.restsOn.map((name) => `${list}.${name}`)
  await ledger.note({
    progress: ({ restsOn }) => ({
      restsOn: [...restsOn.filter((name) => !name.startsWith(`${list}.`)), ...mine],
    }),
  })
  await noteGaps(ledger, list, [...recordGaps(list, proof), ...more])
}

function without(
  kind: ResourceKind,
  { recordPositions }: ImportProgress,
): NonNullable<ImportProgress['recordPositions']> {
  const { [kind]: _, ...others } = recordPositions ?? {}
  return others
}

const isOnePage = ({ root }: Plan): boolean => root.phase === 'whole' && root.up.bound <= 1

/** A record that comes into a range or leaves it moves all that stand behind it. */
function markShifted(plan: Plan, item: unknown, parameters: readonly string[]): void {
  const { event_type: type, previous } = metaOf(item)
  const now = valuesOf(dataOf(item), parameters)
  if (type === 'created') plan.mark(now, true)
  if (type === 'deleted') plan.mark(now, false)
  if (type !== 'updated' || typeof previous !== 'object') return
  const before = valuesOf({ ...dataOf(item), ...previous }, parameters)
  if (parameters.every((name) => before[name] === now[name])) return
  plan.mark(before, false)
  plan.mark(now, false)
}

const valuesOf = (
  data: Readonly<Record<string, unknown>>,
  parameters: readonly string[],
): Sighting['values'] =>
  Object.fromEntries(
    parameters.flatMap((name) => {
      const value = data[name]
      return value === undefined || value === null ? [] : [[name, String(value)]]
    }),
  )

const refused = (list: string, { message }: SellRefusal): ImportGap => ({
  list,
  filter: '',
  reason: `cannot be read (${message})`,
  missingMax: null,
})

const unwatched = (list: string): ImportGap => ({
  list,
  filter: '',
  reason:
    'Sell’s stream of them may not be read: where one was deleted meanwhile, another may have been ' +
    'missed. Those that a visit names were asked for one by one',
  missingMax: null,
})

const restless = (list: string): ImportGap => ({
  list,
  filter: '',
  reason: 'so many were deleted or moved all the while that pages kept shifting; run it again',
  missingMax: null,
})
