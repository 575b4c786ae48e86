import { setTimeout as pause } from 'node:timers/promises'

import type { ImportProgress } from '../../../domain/imports.ts'
import type { ResourceKind } from '../../../domain/visits.ts'
import { SellRefusal } from '../api/client.ts'
import { dataOf, idOf, metaOf } from '../api/items.ts'
import { findTop, readStream } from '../api/stream.ts'
import type { Ledger } from '../ledger.ts'
import { contactDimensions, leadDimensions, sightingOf } from '../plan/parameters.ts'
import type { Plan } from '../plan/plan.ts'
import type { Dimension, Sighting } from '../plan/ranges.ts'
import { recordGaps } from '../proof/gaps.ts'
import { prove } from '../proof/proof.ts'
import { listPeople } from './catalogue.ts'
import { walkRanges } from './ranges.ts'
import { gap, type ListOptions, noteGaps, noteUnread, restorePlan } from './small-lists.ts'

export const recordKinds = ['lead', 'contact'] as const

const perRequest = 100
const roundsMax = 10
/** So often the stream may forget its position; then it is not asked any more. */
const forgottenMax = 2
/** So often in a row it may not come to its end. */
const behindMax = 2

export interface RecordOptions extends ListOptions {
  readonly clock: () => number
  /** How long after a change Sell's streams tell of it, at the latest. */
  readonly settleMs: number
}

const streamOf = (kind: ResourceKind): string => `/v3/${kind}s/stream`

/** From where on changes are to be taken in: where the stream's newest end is before the list is read. */
async function notePosition(
  ledger: Ledger,
  { api, signal }: ListOptions,
  kind: ResourceKind,
): Promise<void> {
  if (ledger.progress.recordPositions?.[kind] !== undefined) return
  const found = await findTop(api, streamOf(kind), signal)
  const position = 'position' in found ? found.position : null
  await ledger.note({
    progress: (so) => ({ recordPositions: { ...so.recordPositions, [kind]: position } }),
  })
}

/** Reads all leads or contacts, range by range. */
export async function readRecords(
  ledger: Ledger,
  options: ListOptions,
  kind: ResourceKind,
): Promise<void> {
  const list = `${kind}s`
  await notePosition(ledger, options, kind)
  const { plan, parameters } = await openRecordPlan(ledger, options, kind)
  try {
    await walkRecords(ledger, options, kind, plan, parameters)
    await noteProof(ledger, kind, plan)
    await noteGaps(ledger, list, 'unread', [])
    await ledger.note({ progress: ({ lists }) => ({ lists: [...new Set([...lists, list])] }) })
  } catch (error) {
    await noteUnread(ledger, list, error)
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
    try {
      if (await settleKind(ledger, options, kind, position)) isChanged = true
      await ledger.note({ progress: (so) => ({ recordPositions: without(kind, so) }) })
    } catch (error) {
      await noteUnread(ledger, `${kind}s`, error)
      // NOTE: the next run is to go on with it.
      await ledger.note({
        progress: ({ lists }) => ({ lists: lists.filter((list) => list !== `${kind}s`) }),
      })
    }
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
  let position = top
  let isChanged = false
  let forgotten = 0
  let behind = 0
  for (let round = 0; position !== null && round < roundsMax && behind < behindMax; round++) {
    const end = await readStream(api, streamOf(kind), position, signal, clock, async (page) => {
      for (const item of page.items) markShifted(plan, item, parameters)
      const named = page.items.filter((item) => metaOf(item)['event_type'] !== 'deleted').map(idOf)
      if (await readById(ledger, options, kind, named, true)) isChanged = true
      const next = page.position
      await ledger.enter({
        list,
        items: [],
        ranges: plan.takeChanged(),
        progress: (so) => ({ recordPositions: { ...so.recordPositions, [kind]: next } }),
      })
      position = next
    })
    behind = end === 'behind' ? behind + 1 : 0
    if (end === 'gone') {
      const found = await findTop(api, streamOf(kind), signal)
      position = 'position' in found && ++forgotten < forgottenMax ? found.position : null
      plan.markAll()
    }
    const due = plan.takeDue()
    if (due.length === 0 && end === 'top') {
      await noteGaps(ledger, list, 'unwatched', [])
      return isChanged
    }
    for (const range of due) plan.restart(range.key)
    await walkRecords(ledger, options, kind, plan, parameters)
    await noteProof(ledger, kind, plan)
    if (due.length > 0) isChanged = true
    await pause(settleMs, undefined, { signal })
  }
  // NOTE: nothing slips from one page to another where there is one.
  const isSafe = position === null && plan.root.phase === 'whole' && plan.root.up.bound <= 1
  const reason = position === null ? unwatched : restless
  await noteGaps(ledger, list, 'unwatched', isSafe ? [] : [gap(list, 'unwatched', reason)])
  return isChanged
}

/**
 * These leads or contacts, as they are now. `isListed`: it is their own stream that names them. True:
 * some were read.
 */
export async function readById(
  ledger: Ledger,
  { api, signal }: ListOptions,
  kind: ResourceKind,
  named: Iterable<number>,
  isListed = false,
): Promise<boolean> {
  const all = [...new Set(named)]
  for (let at = 0; at < all.length; at += perRequest) {
    const ids = all.slice(at, at + perRequest)
    const params = { ids: ids.join(','), per_page: String(perRequest) }
    try {
      const { items } = await api.list(`/v2/${kind}s`, params, signal)
      await ledger.enter({ list: `${kind}s`, items, isListed })
    } catch (error) {
      // NOTE: a record that cannot be read is no lost visit: the visit names it by its id.
      if (!(error instanceof SellRefusal) || error.status === 401) throw error
    }
  }
  return all.length > 0
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
  const people = await listPeople(options.store, options.account, ledger.current.id)
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
      ledger.enter({
        list,
        items: pages.flatMap(({ items }) => items),
        isListed: true,
        ranges: changed,
      }),
  })
}

async function noteProof(ledger: Ledger, kind: ResourceKind, plan: Plan): Promise<void> {
  const list = `${kind}s`
  const proof = prove(plan)
  const mine = proof.restsOn.map((name) => `${list}.${name}`)
  await ledger.note({
    progress: ({ restsOn }) => ({
      restsOn: [...restsOn.filter((name) => !name.startsWith(`${list}.`)), ...mine],
    }),
  })
  await noteGaps(ledger, list, 'unproven', recordGaps(list, proof))
}

function without(
  kind: ResourceKind,
  { recordPositions }: ImportProgress,
): NonNullable<ImportProgress['recordPositions']> {
  const { [kind]: _, ...others } = recordPositions ?? {}
  return others
}

/** A record that comes into a range or leaves it moves all that stand behind it. */
function markShifted(plan: Plan, item: unknown, parameters: readonly string[]): void {
  const { event_type: type, previous } = metaOf(item)
  const now = valuesOf(dataOf(item), parameters)
  if (type === 'created') plan.mark(now, true)
  if (type === 'deleted') plan.mark(now, false)
  if (type !== 'updated' || typeof previous !== 'object') return
  const before = valuesOf({ ...dataOf(item), ...previous }, parameters)
  plan.markMoved(before, now)
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

const unwatched =
  'Sell’s stream of them may not be read: where one was deleted meanwhile, another may have been ' +
  'missed. Those that a visit names were asked for one by one'

const restless =
  'so many were deleted or moved all the while that pages kept shifting; run it again'
