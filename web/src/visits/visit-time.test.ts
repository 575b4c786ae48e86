import { describe, expect, it } from 'vitest'

import { startIn } from '../texts/zone-days.ts'
import { visitDay, visitTime } from './visit-time.ts'

const at = '2026-11-26T23:30:00Z'
const by = (timezone: string) => ({
  visited_at: at,
  creator: { id: 1, name: 'A rep', timezone },
})

describe('day and time of a visit', () => {
  it('are those of the rep', () => {
    expect(visitDay(by('Asia/Tokyo'))).toBe('2026-11-27')
    expect(visitDay(by('America/New_York'))).toBe('2026-11-26')
    expect(visitTime(by('Asia/Tokyo'))).toMatch(/8:30.*GMT\+9$/)
    expect(visitTime(by('America/New_York'))).toMatch(/GMT−5$/)
  })

  it('name the zone only where clocks differ from those of the viewer and of the list', () => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone
    expect(visitTime(by(here))).not.toMatch(/GMT/)
    expect(visitTime(by(here), 'Asia/Kathmandu')).toMatch(/(?:GMT|UTC)/)
    expect(startIn(visitDay(by('Asia/Tokyo')), 'Asia/Tokyo').toISOString()).toBe(
      '2026-11-26T15:00:00.000Z',
    )
  })
})
