import { describe, expect, it } from 'vitest'

import { daysOf } from '../reports/periods.ts'
import { listOf } from '../reports/report-links.ts'
import { startIn } from '../texts/zone-days.ts'
import { customersOn } from './map-choices.ts'

describe('customers on the map', () => {
  it.each(['Pacific/Kiritimati', 'Pacific/Niue', 'Europe/Lisbon'])(
    'are not visited since the report of the same days begins: %s',
    (zone) => {
      const search = { last: 30 }
      const days = daysOf(search, zone)
      const { zone: ofLink } = listOf(search, days, zone)({})
      const { unvisited_since: since } = customersOn({ unvisited: 30, zone: ofLink })
      expect(since).toBe(startIn(days.first ?? '', zone).toISOString())
    },
  )
})
