import type { VisitEvent } from '@doorstep/contract/stream'
import type { Visit } from '@doorstep/contract/visits'

import { parsePosition } from '../../src/domain/positions.ts'
import type { Acknowledged, Entry, Invoked } from './request-log.ts'

/** One page of the stream as it was read: after `from`, up to and with `to`. */
export interface StreamRead {
  readonly from: number
  readonly to: number
  readonly events: readonly VisitEvent[]
}

/** Everything that was seen from outside, by the clients and afterwards. */
export interface Observed {
  readonly log: readonly Entry[]
  /** The whole stream, read at the end from before its first event. */
  readonly pages: readonly StreamRead[]
  /** The offset of the newest event, as the server reports it. */
  readonly head: number
  /** Pages that a reader got while the server was killed again and again. */
  readonly seen: readonly StreamRead[]
  /** The list of all visits, read at the end. */
  readonly table: readonly Visit[]
}

interface Placed {
  readonly offset: number
  readonly event: VisitEvent
}

/** Sentences on what cannot have happened if the promises hold; none when they do. */
export function findFaults({ log, pages, head, seen, table }: Observed): string[] {
  const placed = place(pages)
  return [
    ...gapFaults(pages, head),
    ...seenFaults(seen, placed),
    ...sequenceFaults(placed),
    ...logFaults(log, placed, head),
    ...stateFaults(placed, table),
  ]
}

const place = (pages: readonly StreamRead[]): Placed[] =>
  pages.flatMap(({ from, events }) =>
    events.map((event, index) => ({ offset: from + index + 1, event })),
  )

/** An unfiltered reader sees every offset once, from the first to the newest (PROTOCOL 5.5). */
function gapFaults(pages: readonly StreamRead[], head: number): string[] {
  const faults: string[] = []
  let at = 0
  for (const { from, to, events } of pages) {
    if (from !== at) faults.push(`gap: a page begins after ${from}, the one before ended at ${at}`)
    if (to - from !== events.length) {
      faults.push(`gap: ${events.length} events lie between the positions ${from} and ${to}`)
    }
    at = to
  }
  if (at !== head) faults.push(`gap: the stream ends at ${at}, its top is ${head}`)
  return faults
}

/** What one reader saw, every reader sees, for ever (PROTOCOL 5.5). */
function seenFaults(seen: readonly StreamRead[], placed: readonly Placed[]): string[] {
  const known = new Map(placed.map(({ offset, event }) => [offset, JSON.stringify(event)]))
  return place(seen).flatMap(({ offset, event }) =>
    known.get(offset) === JSON.stringify(event) ? [] : `changed: what was seen at ${offset}`,
  )
}

/** Each visit's events are 1 to n, `created` first, `deleted` last, and carry the previous values. */
function sequenceFaults(placed: readonly Placed[]): string[] {
  const faults: string[] = []
  const ids = new Set<string>()
  const last = new Map<number, VisitEvent>()
  for (const { offset, event } of placed) {
    const { data, meta } = event
    const before = last.get(data.id)
    last.set(data.id, event)
    const where = `visit ${data.id} at ${offset}`
    if (ids.has(meta.event_id)) faults.push(`twice: the event id of ${where}`)
    ids.add(meta.event_id)
    if (meta.sequence !== (before?.meta.sequence ?? 0) + 1) {
      faults.push(`sequence: ${where} has ${meta.sequence} after ${before?.meta.sequence ?? 0}`)
    }
    if ((meta.event_type === 'created') !== (before === undefined)) {
      faults.push(`sequence: ${where} is ${meta.event_type} after ${before?.meta.event_type}`)
    }
    if (before?.meta.event_type === 'deleted') faults.push(`sequence: ${where} was deleted`)
    if (!before) continue
    const changed = changesOf(before.data, data)
    const previous = JSON.stringify(meta.event_type === 'updated' ? meta.previous : {})
    if (previous !== JSON.stringify(changed)) faults.push(`previous: ${where} has ${previous}`)
  }
  return faults
}

/** The old value of every attribute that differs. */
function changesOf(before: object, after: object): object {
  const now = new Map(Object.entries(after).map(([name, value]) => [name, JSON.stringify(value)]))
  const changed = ([name, value]: [string, unknown]) => now.get(name) !== JSON.stringify(value)
  return Object.fromEntries(Object.entries(before).filter(changed))
}

/** One write with all of its attempts. */
interface Write {
  readonly invoked: Invoked
  /** Everything acknowledged before it was first sent lies at or below this offset. */
  readonly floor: number
  readonly acknowledged: Acknowledged[]
  attempts: number
}

function logFaults(log: readonly Entry[], placed: readonly Placed[], head: number): string[] {
  const effects = Map.groupBy(placed, ({ event }) => requestOf(event))
  const { writes, faults } = readLog(log, effects)
  for (const [request, write] of writes) {
    const found = effects.get(request) ?? []
    effects.delete(request)
    if (found.length > 1) faults.push(`twice: ${request} has ${found.length} events`)
    const [effect] = found
    if (effect) faults.push(...effectFaults(request, write, effect, head))
    else if (write.acknowledged.length > 0) faults.push(`lost: ${request} was acknowledged`)
  }
  for (const [request] of effects) faults.push(`ghost: nobody asked for ${request}`)
  return faults
}

/** The write that an event stems from: a create or change is known by the summary that it set. */
const requestOf = ({ data, meta }: VisitEvent): string =>
  meta.event_type === 'deleted' ? removalOf(data.id) : String(data.summary)

export const removalOf = (visit: number): string => `remove ${visit}`

function readLog(
  log: readonly Entry[],
  effects: ReadonlyMap<string, readonly Placed[]>,
): { writes: Map<string, Write>; faults: string[] } {
  const writes = new Map<string, Write>()
  const faults: string[] = []
  let floor = 0
  for (const entry of log) {
    const { request } = entry
    const write = writes.get(request)
    if (entry.at === 'inv') {
      if (write) write.attempts++
      else writes.set(request, { invoked: entry, floor, acknowledged: [], attempts: 1 })
    } else if (entry.at === 'ok') {
      write?.acknowledged.push(entry)
      floor = Math.max(floor, effects.get(request)?.[0]?.offset ?? 0)
    } else if (entry.at === 'refused') {
      faults.push(`refused: ${entry.why}`)
    } else if (entry.at === 'read' && entry.summary !== request) {
      faults.push(`unread: a list after ${request} has ${entry.summary}`)
    }
  }
  return { writes, faults }
}

function effectFaults(
  request: string,
  { invoked, floor, acknowledged, attempts }: Write,
  { offset, event }: Placed,
  head: number,
): string[] {
  const faults: string[] = []
  const type = { create: 'created', change: 'updated', remove: 'deleted' }[invoked.operation]
  if (event.meta.event_type !== type) faults.push(`other: ${request} is ${event.meta.event_type}`)
  if (offset <= floor)
    faults.push(`order: ${request} at ${offset} was sent after ${floor} was acknowledged`)
  for (const { visit, position } of acknowledged) {
    if (visit !== event.data.id) faults.push(`other: ${request} is acknowledged as ${visit}`)
    if (position === null) continue
    const answered = parsePosition(position)?.offset ?? Number.NaN
    if (!(answered >= offset && answered <= head)) {
      faults.push(
        `position: ${request} at ${offset} was acknowledged as ${answered}, the top is ${head}`,
      )
    }
    // NOTE: a change that an earlier attempt has made is acknowledged with the present position.
    if (answered !== offset && (attempts === 1 || invoked.operation === 'create')) {
      faults.push(`position: ${request} at ${offset} was acknowledged as ${answered}`)
    }
  }
  return faults
}

/** The events applied one after the other give the table (PROTOCOL 5.5). */
function stateFaults(placed: readonly Placed[], table: readonly Visit[]): string[] {
  const faults: string[] = []
  const folded = new Map<number, VisitEvent>()
  for (const { event } of placed) {
    if (event.meta.event_type === 'deleted') folded.delete(event.data.id)
    else folded.set(event.data.id, event)
  }
  for (const visit of table) {
    const event = folded.get(visit.id)
    if (!event) faults.push(`state: the list has visit ${visit.id}, the stream has not`)
    else if (fromEvent(event) !== fromList(visit)) faults.push(`state: visit ${visit.id} differs`)
    folded.delete(visit.id)
  }
  for (const id of folded.keys()) faults.push(`state: the stream has visit ${id}, the list has not`)
  return faults
}

const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000)

const fromEvent = ({ data }: VisitEvent): string =>
  JSON.stringify([
    data.creator_id,
    data.outcome?.id ?? null,
    data.resource_type,
    data.resource_id,
    data.summary,
    data.sales_rep_location.verification_status,
    seconds(data.visited_at),
    seconds(data.created_at),
  ])

const fromList = (visit: Visit): string =>
  JSON.stringify([
    visit.creator_id,
    visit.outcome_id,
    visit.resource_type,
    visit.resource_id,
    visit.summary,
    visit.rep_location_verification_status,
    seconds(visit.visited_at),
    seconds(visit.created_at),
  ])
