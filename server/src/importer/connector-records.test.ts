import { describe, expect, it } from 'vitest'

import { itemOfRecord, type LeftOut } from './connector-records.ts'

const visit = { id: 7, summary: 'é' }
const item = { data: visit, meta: { type: 'visit' } }

describe('what connectors save of Sell', () => {
  it('is the same item, bare, by Singer or by Airbyte', () => {
    const leftOut: LeftOut = new Map()
    const read = (value: unknown, type?: 'visit') => itemOfRecord(value, type, leftOut)
    expect(read(visit, 'visit')).toEqual(item)
    expect(read({ type: 'RECORD', stream: 'visits', record: visit })).toEqual(item)
    const record = { stream: 'visits', data: visit, emitted_at: 1 }
    expect(read({ type: 'RECORD', record })).toEqual(item)
    expect(read({ _airbyte_raw_id: 'a', _airbyte_data: visit }, 'visit')).toEqual(item)
    expect(read({ type: 'RECORD', stream: 'visits', record: item })).toEqual(item)
    const statuses = { type: 'RECORD', stream: 'lead_statuses', record: { id: 1 } }
    expect(read(statuses)).toMatchObject({ meta: { type: 'lead_status' } })
    expect(leftOut.size).toBe(0)
  })

  it('is noted where it is no record, or of a stream that is not imported', () => {
    const leftOut: LeftOut = new Map()
    for (const value of [
      { type: 'STATE', value: {} },
      { type: 'RECORD', stream: 'deals', record: { id: 1 } },
      { type: 'RECORD', stream: 'deals', record: { id: 2 } },
    ]) {
      expect(itemOfRecord(value, undefined, leftOut)).toBeUndefined()
    }
    expect([...leftOut]).toEqual([
      ['message STATE', 1],
      ['record of deals', 2],
    ])
  })

  it('stays as it is where it is an item already, or nothing says what it is', () => {
    for (const value of [item, visit, 3, { type: 'STATE', id: 4 }]) {
      expect(itemOfRecord(value, undefined, new Map())).toBe(value)
    }
    expect(itemOfRecord(item, 'visit', new Map())).toEqual(item)
  })
})
