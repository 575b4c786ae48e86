import type { StreamPage } from '@doorstep/contract/stream'
import { describe, expect, it } from 'vitest'

import { outcomeItem, visitEventItem, visitItem, visitItems } from '../support/sell-items.ts'
import { startApp } from '../support/start.ts'
import {
  path,
  position,
  idsOf,
  range,
  drain,
  startWithVisits,
  refusalOf,
} from '../support/stream.ts'

describe('a position', () => {
  it('tail is before the oldest event, top after the newest (5.1)', async () => {
    await using app = await startWithVisits(3)

    const tail = await app.client.stream.read({ position: 'tail' })
    const top = await app.client.stream.read({ position: 'top' })

    expect(idsOf(tail)).toEqual([1, 2, 3])
    expect(top).toMatchObject({ items: [], meta: { top: true, position: tail.meta.position } })
  })

  it('that was answered leads to what came after it (5.1, 5.2)', async () => {
    await using app = await startWithVisits(3)
    const top = await app.client.stream.read({ position: 'top' })
    await app.import([visitItem({ id: 4 }), visitItem({ id: 5 })])

    const page = await app.client.stream.read({ position: top.meta.position })

    expect(idsOf(page)).toEqual([4, 5])
    expect(page.meta.top).toBe(true)
  })

  it('is answered on an empty page too, and can be used (5.2)', async () => {
    await using app = await startApp()
    const empty = await app.client.stream.read({ position: 'tail' })
    expect(empty).toMatchObject({ items: [], meta: { top: true } })
    await app.import([visitItem({ id: 1 })])

    expect(idsOf(await app.client.stream.read({ position: empty.meta.position }))).toEqual([1])
  })

  it('is base64 of the stream, the generation and the offset, padded (5.4)', async () => {
    await using app = await startWithVisits(12)
    const positions = await Promise.all(
      [4, 10].map(
        async (limit) => (await app.client.stream.read({ position: 'tail', limit })).meta,
      ),
    )

    expect(positions.map((meta) => meta.position)).toEqual([position(0, 4), position(0, 10)])
    expect(position(0, 4)).toMatch(/[^=]=$/)
  })

  it('is accepted with its padding escaped or not (5.4)', async () => {
    await using app = await startWithVisits(101)
    for (const offset of [3, 100]) {
      const padded = position(0, offset)
      for (const sent of [padded, padded.replaceAll('=', '%3D'), padded.replaceAll('=', '%3d')]) {
        const response = await app.fetch(`${path}?position=${sent}&limit=1`)
        expect(idsOf((await response.json()) as StreamPage)).toEqual([offset + 1])
      }
    }
  })

  it.each([
    ['of another stream', btoa('firehose.lead.by_account,0,0')],
    ['without an offset', btoa('firehose.visit.by_account,0')],
    ['with a negative offset', btoa('firehose.visit.by_account,0,-1')],
    ['with leading zeros', btoa('firehose.visit.by_account,0,01')],
    ['with more behind it', btoa('firehose.visit.by_account,0,0,0')],
    ['beyond what a number can hold', btoa('firehose.visit.by_account,0,9999999999999999')],
    ['beyond the newest event', position(0, 3)],
    ['of a generation that never was', position(1, 0)],
    ['that is no base64', '!!!'],
    ['in capitals', 'TAIL'],
    ['that is a number', '0'],
    ['that is empty', ''],
    ['that is too long', 'A'.repeat(201)],
  ])('%s is a 400 that names it (5.1, 5.4)', async (_, text) => {
    await using app = await startWithVisits(2)

    expect(await refusalOf(app, `?position=${encodeURIComponent(text)}`)).toEqual({
      status: 400,
      codes: ['invalid_param'],
      details: [expect.stringMatching(/'position' .*given: /)],
    })
  })

  it('must be given, whatever else is wrong (3.5, 5.1)', async () => {
    await using app = await startApp()

    expect(await refusalOf(app, '')).toMatchObject({ status: 400, codes: ['invalid_param'] })
    expect((await refusalOf(app, `?limit='position'`)).details).toHaveLength(2)
  })

  it('grants no access: each account reads its own stream with it (2.3, 5.4)', async () => {
    await using app = await startWithVisits(3)
    await app.import([visitItem({ id: 71 }), visitItem({ id: 72 })], app.otherAccount)
    const { meta } = await app.client.stream.read({ position: 'tail', limit: 1 })

    const other = app.clientOf(app.tokens.otherAdmin)

    expect(idsOf(await other.stream.read({ position: meta.position }))).toEqual([72])
  })
})

describe('a page', () => {
  it('is of 25 unless limit says otherwise, up to 100 (5.1)', async () => {
    await using app = await startWithVisits(101)
    const read = async (limit?: number) =>
      idsOf(await app.client.stream.read({ position: 'tail', limit }))

    expect(await read()).toEqual(range(1, 25))
    expect(await read(1)).toEqual([1])
    expect(await read(100)).toEqual(range(1, 100))
  })

  it.each(['0', '101', '-1', 'all', ''])('of limit=%s is refused (5.1)', async (limit) => {
    await using app = await startApp()

    expect(await refusalOf(app, `?position=tail&limit=${limit}`)).toEqual({
      status: 400,
      codes: ['invalid_param'],
      details: [expect.stringContaining(`between 1 and 100, given: ${limit}`)],
    })
  })

  it('says top only when nothing lay behind it (5.2)', async () => {
    await using app = await startWithVisits(4)

    const first = await app.client.stream.read({ position: 'tail', limit: 2 })
    const second = await app.client.stream.read({ position: first.meta.position, limit: 2 })

    expect([first.meta.top, second.meta.top]).toEqual([false, true])
  })

  it('has a next that can be followed as it is, to the end (5.2)', async () => {
    await using app = await startWithVisits(70)
    const seen: number[] = []
    let top = false
    for (let next = `${app.url}${path}?position=tail`; !top;) {
      const response = await app.fetch(next.slice(app.url.length))
      const page = (await response.json()) as StreamPage
      seen.push(...idsOf(page))
      ;({ top } = page.meta)
      next = page.meta.links.next
    }

    expect(seen).toEqual(range(1, 70))
  })
})

describe('an event', () => {
  it('of an imported visit is its creation by the system (5.3)', async () => {
    await using app = await startApp({ clock: () => Date.parse('2026-06-01T12:00:00.900Z') })
    await app.import([outcomeItem({ id: 33 }), visitItem({ id: 1, outcome_id: 33 })])

    const [event] = await drain(app.client)

    expect(event).toEqual(
      visitEventItem(
        {
          sales_rep_location: { latitude: null, verification_status: 'verified', longitude: null },
        },
        {
          event_cause: 'system',
          event_id: expect.stringMatching(/^[\w-]{22}$/),
          event_time: '2026-06-01T12:00:00Z',
        },
      ),
    )
  })

  it('of a change has the old value of what changed, and only that (5.3)', async () => {
    await using app = await startApp()
    await app.import([visitItem({ id: 1, summary: 'before' })])
    const changed = { summary: null, resource_id: 900, updated_at: '2026-06-01T00:00:00.000Z' }
    await app.import([visitItem({ id: 1, ...changed })])

    const [, event] = await drain(app.client)

    expect(event?.data).toMatchObject({ summary: null, resource_id: 900 })
    expect(event?.meta).toMatchObject({
      event_type: 'updated',
      sequence: 2,
      previous: { summary: 'before', resource_id: 899 },
    })
    expect(Object.keys(event?.meta.previous ?? {})).toHaveLength(2)
  })

  it('of a visit whose outcome was renamed is caused by the embedded object (5.3)', async () => {
    await using app = await startApp()
    await app.import([outcomeItem({ id: 33 }), visitItem({ id: 1, outcome_id: 33 })])
    const renamed = { name: 'Very interested', updated_at: '2026-06-01T00:00:00.000Z' }
    await app.import([outcomeItem({ id: 33, ...renamed })])

    const [, event] = await drain(app.client)

    expect(event?.data.outcome).toEqual({
      has_original_name: false,
      name: 'Very interested',
      id: 33,
    })
    expect(event?.meta).toMatchObject({
      event_cause: 'embedded_object_event',
      event_type: 'updated',
      previous: { outcome: { has_original_name: true, name: 'Interested', id: 33 } },
    })
  })

  it('of a deletion carries the last snapshot, and the list has it no more (5.3)', async () => {
    await using app = await startApp()
    const deletion = { event_type: 'deleted', sequence: 2 } as const
    await app.import([visitEventItem({ id: 1 }), visitEventItem({ id: 1 }, deletion)])

    const [created, deleted] = await drain(app.client)

    expect(deleted?.data).toEqual(created?.data)
    expect(deleted?.meta).toMatchObject({ event_type: 'deleted', sequence: 2 })
    expect(deleted?.meta).not.toHaveProperty('previous')
    expect((await app.client.visits.list()).items).toEqual([])
  })

  it('answers a prospect_and_customer as it is stored (4.4)', async () => {
    await using app = await startApp()
    await app.import([visitEventItem({ id: 1, resource_type: 'prospect_and_customer' })])

    expect((await drain(app.client))[0]?.data.resource_type).toBe('prospect_and_customer')
  })

  it('appears for no import that changes nothing (5.5)', async () => {
    await using app = await startWithVisits(3)
    await app.import(visitItems(3))

    expect(await drain(app.client)).toHaveLength(3)
  })
})

describe('the whole stream', () => {
  it('adds up to the list of visits (5.3, 5.5)', async () => {
    await using app = await startWithVisits(230)
    const later = { summary: 'changed', updated_at: '2026-06-01T00:00:00.000Z' }
    await app.import(visitItems(60, later))

    const events = await drain(app.client)
    const last = new Map(events.map(({ data }) => [data.id, data]))
    const listed = await Array.fromAsync(app.client.visits.each())

    expect(events).toHaveLength(290)
    expect(new Set(events.map(({ meta }) => meta.event_id)).size).toBe(290)
    expect([...last.values()].map(({ id, summary }) => ({ id, summary }))).toEqual(
      listed.map(({ id, summary }) => ({ id, summary })),
    )
  })

  it('numbers the events of each visit from 1 without a gap (5.3)', async () => {
    await using app = await startWithVisits(2)
    for (const day of range(1, 5)) {
      const updated_at = `2026-06-0${day}T00:00:00.000Z`
      await app.import(visitItems(2, { summary: `day ${day}`, updated_at }))
    }

    const events = await drain(app.client)

    for (const id of [1, 2]) {
      const ofVisit = events.filter(({ data }) => data.id === id)
      expect(ofVisit.map(({ meta }) => meta.sequence)).toEqual(range(1, 6))
    }
  })

  it('is the same for a reader who follows while others write and one who comes later (5.5)', async () => {
    await using app = await startApp()
    const writing = Promise.all(
      [0, 100, 200].map(async (base) => {
        for (const id of range(base + 1, base + 20)) await app.import([visitItem({ id })])
      }),
    )
    const seen: string[] = []
    for await (const page of app.client.stream.follow({ position: 'tail', limit: 7, pollMs: 1 })) {
      seen.push(...page.events.map(({ meta }) => meta.event_id))
      if (seen.length >= 60) break
    }
    await writing

    expect(seen).toEqual((await drain(app.client)).map(({ meta }) => meta.event_id))
    expect(new Set(seen).size).toBe(60)
  })
})
