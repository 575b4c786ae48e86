import { describe, expect, it } from 'vitest'

import { formatProblem, readTime, readZone, type TimeReading } from './times.ts'

function reading(zone = '+00:00', formats: string[] = [], hasSerials = false): TimeReading {
  const found = readZone(zone)
  if (!found) throw new Error(`no zone ${zone}`)
  return { zone: found, formats, hasSerials }
}

function read(text: string, how = reading()): string {
  const found = readTime(text, how)
  return typeof found === 'number' ? new Date(found).toISOString() : found.why
}

const at = (time: string): string => `2024-03-14T${time}Z`

describe('times of tables', () => {
  it('are read in every spelling that can mean one time only', () => {
    const spellings: Record<string, string> = {
      '2024-03-14T14:05:00.000+0000': at('14:05:00.000'),
      '2024-03-14 14:05:00 +0100': at('13:05:00.000'),
      '2024-03-14 14:05:00 +0000 UTC': at('14:05:00.000'),
      '2024-03-14 14:05:00+01': at('13:05:00.000'),
      '2024-03-14 14:05:09.123456': at('14:05:09.123'),
      '2024-03-14 14:05 UTC': at('14:05:00.000'),
      '14.03.2024 14:05': at('14:05:00.000'),
      '14/03/2024 14:05': at('14:05:00.000'),
      '03/14/2024 02:05 PM': at('14:05:00.000'),
      '03/14/2024 12:05 am': at('00:05:00.000'),
      '1710425100': at('14:05:00.000'),
      '1710425100000': at('14:05:00.000'),
      'Thu, 14 Mar 2024 14:05:00 GMT': at('14:05:00.000'),
      'Mar 14, 2024 2:05 PM': at('14:05:00.000'),
      'Mar 14, 2024, 2:05\u202fPM': at('14:05:00.000'),
      '14-Mar-2024': at('00:00:00.000'),
      '2024-03-14T14:05:00Z[UTC]': at('14:05:00.000'),
      '2024-03-14T14:05:00[Europe/Berlin]': at('13:05:00.000'),
      '2024/03/14 14:05': at('14:05:00.000'),
      '2024-3-14 2:05:00 PM': at('14:05:00.000'),
      '2024-03-14': at('00:00:00.000'),
      '05/05/2024': '2024-05-05T00:00:00.000Z',
    }
    for (const [text, time] of Object.entries(spellings)) {
      expect([text, read(text)]).toEqual([text, time])
    }
  })

  it('are refused, with the reason, where they can mean two or none', () => {
    const refused: Record<string, RegExp> = {
      '03/04/2024 10:00': /dd\/MM\/yyyy HH:mm" or "MM\/dd\/yyyy/,
      '03.04.2024': /dd\.MM\.yyyy" or/,
      '1899-12-30 00:00': /spreadsheets write where there is none/,
      '0000-00-00 00:00:00': /databases write where there is none/,
      '2024-02-30 10:00': /no calendar/,
      '2024-13-01': /no calendar/,
      '2024-03-14 24:00': /past the end/,
      '2024-03-14 23:59:60': /past the end/,
      '2024-03-14 13:00 PM': /AM or PM/,
      '2024-03-14T14:05:00[Mars/Base]': /Mars\/Base/,
      '45365.586805556': /day count/,
      yesterday: /name its format/,
    }
    for (const [text, why] of Object.entries(refused)) expect(read(text)).toMatch(why)
  })

  it('have the offset that their zone had, and name the hours that are no time or two', () => {
    const berlin = reading('Europe/Berlin')
    expect(read('2024-01-14 14:05', berlin)).toBe('2024-01-14T13:05:00.000Z')
    expect(read('2024-07-14 14:05', berlin)).toBe('2024-07-14T12:05:00.000Z')
    expect(read('2024-03-31 02:30', berlin)).toMatch(/does not exist in Europe\/Berlin/)
    expect(read('2024-10-27 02:30', berlin)).toMatch(/exists twice in Europe\/Berlin/)
    expect(read('2024-10-27 02:30 +01:00', berlin)).toBe('2024-10-27T01:30:00.000Z')
    expect(read('2024-03-31 03:00', berlin)).toBe('2024-03-31T01:00:00.000Z')
    expect(read('2011-12-30 12:00', reading('Pacific/Apia'))).toMatch(/does not exist/)
    expect(readZone('Europe/Nowhere')).toBeUndefined()
  })

  it('are read by a format in Unicode’s letters', () => {
    const german = reading('Europe/Berlin', ['dd.MM.yyyy HH:mm', 'dd.MM.yyyy'])
    expect(read('03.04.2024 10:00', german)).toBe('2024-04-03T08:00:00.000Z')
    expect(read('3.4.2024', german)).toBe('2024-04-02T22:00:00.000Z')
    expect(read('2024-04-03T08:00:00Z', german)).toBe('2024-04-03T08:00:00.000Z')
    expect(read('31.03.2024 02:30', german)).toMatch(/does not exist/)
    expect(read('04/13/2024', german)).toMatch(/not a time in the format dd\.MM\.yyyy HH:mm or/)
    const us = reading('+00:00', ["MM/dd/yyyy 'at' h:mm a"])
    expect(read('03/04/2024 at 9:15 AM', us)).toBe('2024-03-04T09:15:00.000Z')
    expect(read('20240304', reading('+00:00', ['yyyyMMdd']))).toBe('2024-03-04T00:00:00.000Z')
    expect(formatProblem('HH:mm')).toMatch(/year/)
    expect(formatProblem('dd.MM.yyyy')).toBeUndefined()
  })

  it('are read as days that spreadsheets count, on request', () => {
    const excel = reading('+00:00', [], true)
    expect(read('45365.586805556', excel)).toBe(at('14:05:00.000'))
    expect(read('45365', excel)).toBe(at('00:00:00.000'))
    expect(read('0', excel)).toMatch(/there is none/)
  })
})
