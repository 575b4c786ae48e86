import { describe, expect, it } from 'vitest'

import { lastStop, radii, radiusAt, radiusOf, stopOf } from './radii.ts'

describe('radii', () => {
  it('go from 50 m to 2 km in about equal shares', () => {
    expect([radii[0], radii[lastStop]]).toEqual([50, 2_000])
    const shares = radii.slice(1).map((m, before) => m / (radii[before] ?? 0))
    expect(Math.min(...shares)).toBeGreaterThan(1.045)
    expect(Math.max(...shares)).toBeLessThan(1.13)
  })

  it('lie where the slider finds them again', () => {
    for (const m of radii) expect(radiusAt(stopOf(m))).toBe(m)
    expect(stopOf(305)).toBeCloseTo(stopOf(300) + 0.2)
    expect([stopOf(10), stopOf(9_000)]).toEqual([0, lastStop])
  })

  it('are read from what was typed', () => {
    expect(['50', ' 310 ', '2000'].map(radiusOf)).toEqual([50, 310, 2_000])
    expect(['', '49', '2001', '1e3', '100.5', 'x'].map(radiusOf)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    )
  })
})
