import fc from 'fast-check'
import { expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import { networkOf } from './client-address.ts'

const numRuns = runs({ test: 300, rest: 20_000 })

const port = fc.integer({ min: 0, max: 65_535 })
const group = fc.integer({ min: 0, max: 0xffff })
const zone = fc.string({ maxLength: 8 }).map((text) => text.replaceAll(']', ''))

it('an IPv4 address counts once, however it is written (9.5.2)', () => {
  fc.assert(
    fc.property(fc.ipV4(), port, zone, (address, number, name) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
      const hex = `::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
      for (const text of [
        address,
        `${address}:${number}`,
        `::ffff:${address}`,
        `::FFFF:${address}%${name}`,
        `[::ffff:${address}]:${number}`,
        hex,
      ]) {
        expect(networkOf(text), text).toBe(address)
      }
    }),
    { numRuns },
  )
})

it('an IPv6 address counts by its /64, however it is written (9.5.2)', () => {
  const groups = fc.tuple(fc.constant(0x2001), group, group, group, group, group, group, group)
  fc.assert(
    fc.property(groups, port, zone, (numbers, number, name) => {
      const texts = numbers.map((value) => value.toString(16))
      const network = `${texts.slice(0, 4).join(':')}::/64`
      const full = texts.map((text) => text.padStart(4, '0').toUpperCase()).join(':')
      const short = `${texts.slice(0, 4).join(':')}::${texts[7]}`
      for (const text of [
        texts.join(':'),
        full,
        short,
        `[${full}]:${number}`,
        `${short}%${name}`,
      ]) {
        expect(networkOf(text), text).toBe(network)
      }
    }),
    { numRuns },
  )
})

it('anything else is no address (9.5.2)', () => {
  for (const text of [
    '',
    'junk',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.4:x',
    '[1',
    '::g',
    '256.1.1.1',
    '-',
  ]) {
    expect(networkOf(text), text).toBeUndefined()
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      const found = networkOf(text)
      expect(found === undefined || /^[\d.]+$|^[0-9a-f:]+\/64$/.test(found)).toBe(true)
    }),
    { numRuns },
  )
})
