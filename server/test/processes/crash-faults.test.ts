import type { VisitEvent } from '@doorstep/contract/stream'
import type { Visit } from '@doorstep/contract/visits'
import { expect, it } from 'vitest'

import { printPosition } from '../../src/domain/positions.ts'
import { findFaults, type Observed, removalOf, type StreamRead } from '../support/crash-faults.ts'
import type { Entry } from '../support/request-log.ts'
import { visitEventItem, visitItem } from '../support/sell-items.ts'

const pageSize = 4
const positionOf = (offset: number) => printPosition({ generation: 0, offset })

const pagesOf = (events: readonly VisitEvent[]): StreamRead[] =>
  Array.from({ length: Math.ceil(events.length / pageSize) }, (_, page) => {
    const from = page * pageSize
    const on = events.slice(from, from + pageSize)
    return { from, to: from + on.length, events: on }
  })

const eventOf = (id: number, sequence: number, type: VisitEvent['meta']['event_type']) =>
  visitEventItem(
    {
      id,
      summary: `${id}-${type === 'created' ? 1 : 2}`,
      outcome: null,
      resource_id: 899,
    },
    {
      sequence,
      event_type: type,
      event_id: `${id}/${sequence}`,
      ...(type === 'updated' && { previous: { summary: `${id}-1` } }),
    },
  )

/** Ten visits, each logged and changed; every third is removed. All attempts succeed but one. */
function history(): { events: VisitEvent[]; log: Entry[]; table: Visit[] } {
  const events: VisitEvent[] = []
  const log: Entry[] = []
  const done = (operation: 'create' | 'change' | 'remove', request: string, visit: number) => {
    const known = operation === 'create' ? null : visit
    log.push({ at: 'inv', request, operation, visit: known })
    const position = operation === 'remove' ? null : positionOf(events.length)
    log.push({ at: 'ok', request, status: 200, visit, position, isReplayed: false })
  }
  for (let id = 1; id <= 10; id++) {
    events.push(eventOf(id, 1, 'created'))
    done('create', `${id}-1`, id)
    events.push(eventOf(id, 2, 'updated'))
    done('change', `${id}-2`, id)
    log.push({ at: 'read', request: `${id}-2`, summary: `${id}-2` })
    if (id % 3 > 0) continue
    events.push(eventOf(id, 3, 'deleted'))
    done('remove', removalOf(id), id)
  }
  log.push({ at: 'inv', request: 'x-1', operation: 'create', visit: null })
  log.push({ at: 'unknown', request: 'x-1', why: 'network_error' })
  const left = [1, 2, 4, 5, 7, 8, 10]
  const table = left.map((id) => visitItem({ id, summary: `${id}-2` }).data)
  return { events, log, table }
}

/** What was observed of the history after something in it has been spoilt. */
function observed(spoil: (world: ReturnType<typeof history>) => void = () => {}): Observed {
  const world = history()
  const seen = pagesOf(world.events.slice(0, 9))
  spoil(world)
  const { events, log, table } = world
  return { log, pages: pagesOf(events), head: events.length, seen, table }
}

const faultsOf = (spoil?: (world: ReturnType<typeof history>) => void): string =>
  findFaults(observed(spoil)).join('\n')

it('finds nothing where all promises were kept', () => {
  expect(faultsOf()).toBe('')
})

it('finds an acknowledged write that is lost', () => {
  const created = faultsOf(({ events, table }) => {
    events.splice(-2)
    table.pop()
  })
  expect(created).toMatch(/^lost: 10-1 was acknowledged$/m)
  const removed = faultsOf(({ events, table }) => {
    events.splice(events.length - 3, 1)
    table.push(visitItem({ id: 9, summary: '9-2' }).data)
  })
  expect(removed).toMatch(/^lost: remove 9 was acknowledged$/m)
})

it('finds a write that was done twice, under one visit or two', () => {
  const again = (id: number, summary: string) => {
    const { data, meta } = eventOf(id, 1, 'created')
    return { data: { ...data, summary }, meta: { ...meta, event_id: 'other' } }
  }
  const two = faultsOf(({ events, table }) => {
    events.push(again(11, '10-1'))
    table.push(visitItem({ id: 11, summary: '10-1' }).data)
  })
  expect(two).toBe('twice: 10-1 has 2 events')
  const unknown = faultsOf(({ events, table }) => {
    events.push(again(11, 'x-1'), again(12, 'x-1'))
    for (const id of [11, 12]) table.push(visitItem({ id, summary: 'x-1' }).data)
  })
  expect(unknown).toContain('twice: x-1 has 2 events')
  const repeated = faultsOf(({ events }) => events.push(eventOf(10, 2, 'updated')))
  expect(repeated).toMatch(/^twice: the event id of visit 10 at 24$/m)
  expect(repeated).toMatch(/^sequence: visit 10 at 24 has 2 after 2$/m)
})

it('accepts a write of unknown outcome that was done once', () => {
  const once = faultsOf(({ events, table }) => {
    const { data, meta } = eventOf(11, 1, 'created')
    events.push({ data: { ...data, summary: 'x-1' }, meta })
    table.push(visitItem({ id: 11, summary: 'x-1' }).data)
  })
  expect(once).toBe('')
})

it('finds a gap, inside a page, between pages and at the end', () => {
  const whole = observed()
  const [first, second, ...others] = whole.pages
  if (!first || !second) throw new Error('no pages')
  const faults = (pages: StreamRead[]) => findFaults({ ...whole, pages }).join('\n')
  const short = { ...second, events: second.events.slice(1) }
  expect(faults([first, short, ...others])).toContain('gap: 3 events lie between the positions 4')
  expect(faults([first, ...others])).toContain('gap: a page begins after 8, the one before ended')
  expect(faults([first, second])).toContain('gap: the stream ends at 8, its top is 23')
})

it('finds an order against time: acknowledged before the other was sent, and yet behind it', () => {
  const swapped = faultsOf(({ events }) => {
    const [last] = events.splice(-2, 1)
    const early = events.findIndex(({ data }) => data.id === 4)
    if (last) events.splice(early, 0, last)
  })
  expect(swapped).toMatch(/^order: \S+ at \d+ was sent after \d+ was acknowledged$/m)
})

it('finds a position that lies before its write, or beyond the top', () => {
  const tell = (offset: number) =>
    faultsOf(({ log }) => {
      const at = log.findIndex(({ at: kind, request }) => kind === 'ok' && request === '5-1')
      const entry = log[at]
      if (entry?.at === 'ok') log[at] = { ...entry, position: positionOf(offset) }
    })
  expect(tell(3)).toContain('position: 5-1 at 10 was acknowledged as 3, the top is 23')
  expect(tell(99)).toContain('position: 5-1 at 10 was acknowledged as 99, the top is 23')
  expect(tell(11)).toBe('position: 5-1 at 10 was acknowledged as 11')
})

it('finds what nobody asked for, and an answer about another visit', () => {
  const ghost = faultsOf(({ log }) => void log.splice(2, 3))
  expect(ghost).toBe('ghost: nobody asked for 1-2')
  const other = faultsOf(({ log }) => {
    const [, told] = log
    if (told?.at === 'ok') log[1] = { ...told, visit: 77 }
  })
  expect(other).toBe('other: 1-1 is acknowledged as 77')
})

it('finds a stream that changed, or that says something wrong', () => {
  const changed = faultsOf(({ events }) => {
    const [first] = events
    if (first) events[0] = { ...first, meta: { ...first.meta, event_id: 'another' } }
  })
  expect(changed).toBe('changed: what was seen at 1')
  const previous = faultsOf(({ events }) => {
    const last = events.at(-1)
    if (last) events[events.length - 1] = { ...last, meta: { ...last.meta, previous: {} } }
  })
  expect(previous).toBe('previous: visit 10 at 23 has {}')
  const revived = faultsOf(({ events }) => {
    const { data, meta } = eventOf(9, 4, 'updated')
    events.push({ data: { ...data, summary: 'x-1' }, meta })
  })
  expect(revived).toContain('sequence: visit 9 at 24 was deleted')
})

it('finds a list that is not what the stream adds up to', () => {
  expect(faultsOf(({ table }) => table.pop())).toBe(
    'state: the stream has visit 10, the list has not',
  )
  expect(faultsOf(({ table }) => table.push(visitItem({ id: 3 }).data))).toBe(
    'state: the list has visit 3, the stream has not',
  )
  expect(faultsOf(({ table }) => table.splice(0, 1, visitItem({ id: 1 }).data))).toBe(
    'state: visit 1 differs',
  )
})

it('finds an acknowledged write that a list did not show', () => {
  const stale = faultsOf(({ log }) => {
    log.push({ at: 'read', request: '10-2', summary: '10-1' })
  })
  expect(stale).toBe('unread: a list after 10-2 has 10-1')
})
