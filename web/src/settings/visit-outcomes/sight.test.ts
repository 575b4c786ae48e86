import { mapPalette, mapThemes } from '@doorstep/contract/map-palette'
import { describe, expect, it } from 'vitest'

import { fills } from '../../map/colouring.ts'
import { outcomeColours } from '../../parts/outcome-colours.ts'
import {
  closest,
  colourOf,
  distance,
  leastContrast,
  leastDistance,
  nearestFree,
  seenAs,
  whiteOn,
} from './sight.ts'

const interested = '#186e68'
const sample = '#1d7a62'

/** `--ground` and `--sunken` of tokens.css, on which bars, meters and keys also lie. */
const grounds = { light: ['#f7f5f0', '#f4f1eb'], dark: ['#14171a', '#191d20'] }

describe('colours of findings', () => {
  it.each(mapThemes)('are distinct in four kinds of sight, and seen on what is %s', (theme) => {
    const colours = mapPalette[theme]
    const found = Object.values(fills).map((fill) => colours[fill])
    const near = found.flatMap((one, at) =>
      found.slice(at + 1).filter((other) => distance(one, other) <= leastDistance),
    )
    expect(near).toEqual([])
    for (const below of [colours.surface, ...grounds[theme]]) {
      const ofBelow = whiteOn(below)
      for (const colour of found) {
        const contrast = whiteOn(colour) / ofBelow
        const seen = Math.max(contrast, 1 / contrast)
        expect(seen, `${colour} on ${below}`).toBeGreaterThanOrEqual(leastContrast)
      }
    }
  })
})

describe('colours of outcomes', () => {
  it('are distinct in four kinds of sight', () => {
    expect(distance(interested, sample)).toBeCloseTo(0.03, 2)
    expect(seenAs(interested, 'deutan')).not.toBe(interested)
    expect(seenAs(interested, 'usual')).toBe(interested)
    const near = outcomeColours.flatMap((one, at) =>
      outcomeColours.slice(at + 1).filter((other) => distance(one, other) <= leastDistance),
    )
    expect(near).toEqual([])
  })

  it('have a contrast with white', () => {
    expect(whiteOn('#000000')).toBeCloseTo(21)
    expect(whiteOn('#ffffff')).toBeCloseTo(1)
    expect(whiteOn(sample)).toBeCloseTo(5.2, 1)
  })

  it('are replaced by the nearest free one, of the palette first', () => {
    const free = nearestFree(sample, [interested], outcomeColours)
    expect(outcomeColours).toContain(free)
    const beyond = nearestFree(sample, outcomeColours, outcomeColours)
    expect(beyond).toBeDefined()
    for (const taken of outcomeColours) {
      expect(distance(taken, beyond ?? taken)).toBeGreaterThanOrEqual(leastDistance)
    }
    expect(closest({ id: 1, color: sample }, [{ id: 2, color: interested }])?.other.id).toBe(2)
    expect(closest({ id: 1, color: sample }, [{ id: 1, color: sample }])).toBeUndefined()
  })

  it('are read as people type them', () => {
    expect(colourOf('1D7A62')).toBe(sample)
    expect(colourOf(' #abc ')).toBe('#aabbcc')
    expect(colourOf('green')).toBeUndefined()
  })
})
