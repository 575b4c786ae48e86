import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { RecordPoint } from '../domain/records.ts'
import { distanceM, isFartherThan } from './distance.ts'
import { type DeviceFix, verifyLocation } from './verification.ts'

const customer: RecordPoint = { latitude: 52.52, longitude: 13.405, precision: 'rooftop' }
const anyFixRuns = 2_000
const capturedAt = Date.UTC(2026, 4, 9, 7, 30)

/** A fix this many metres north of the customer; a degree of latitude there is 111,267 m. */
const north = (metres: number, given: Partial<DeviceFix> = {}): DeviceFix => ({
  latitude: customer.latitude + metres / 111_267,
  longitude: customer.longitude,
  accuracyM: 65,
  accuracyConfidence: 0.95,
  fixAt: capturedAt,
  capturedAt,
  isMock: false,
  ...given,
})

const judge = (fix: DeviceFix, radiusM = 300, points: readonly RecordPoint[] = [customer]) => {
  const { status, reason } = verifyLocation(fix, points, radiusM)
  return `${status}: ${reason}`
}

const isPrecise = ({ precision }: RecordPoint): boolean => precision === 'rooftop'

describe('the verdict on the location of a visit (7)', () => {
  it('1: the permission was denied', () => {
    expect(verifyLocation({ unavailable: 'permission_denied' }, [customer], 300)).toMatchObject({
      status: 'location_services_disabled',
      reason: 'permission_denied',
      distanceM: null,
      radiusM: 300,
    })
  })

  it('2: there is no fix, or no device', () => {
    const reason = (report: Parameters<typeof verifyLocation>[0]) =>
      verifyLocation(report, [customer], 300).reason
    expect(reason({ unavailable: 'position_unavailable' })).toBe('no_fix')
    expect(reason({ unavailable: 'timeout' })).toBe('no_fix')
    expect(reason({ unavailable: 'not_on_device' })).toBe('not_on_device')
    expect(reason(undefined)).toBe('not_on_device')
  })

  it('4: the record has no point, or none that is precise', () => {
    expect(judge(north(0), 300, [])).toBe('location_unknown: address_missing')
    for (const precision of ['street', 'postcode', 'city'] as const) {
      const point = { ...customer, precision }
      expect(judge(north(0), 300, [point])).toBe('location_unknown: address_imprecise')
    }
    for (const precision of ['pin', 'rooftop', 'interpolated'] as const) {
      expect(judge(north(0), 300, [{ ...customer, precision }])).toBe('verified: within_radius')
    }
  })

  it('5: the fix is more than 120 s away from the moment of capture, before or after', () => {
    const fixedAt = (ms: number) => judge(north(0, { fixAt: capturedAt + ms }))
    expect(fixedAt(-120_000)).toBe('verified: within_radius')
    expect(fixedAt(120_000)).toBe('verified: within_radius')
    expect(fixedAt(-120_001)).toBe('location_unknown: stale_fix')
    expect(fixedAt(120_001)).toBe('location_unknown: stale_fix')
  })

  it('6: the fix is less accurate than the radius, or than 100 m', () => {
    expect(judge(north(0, { accuracyM: 300 }))).toBe('verified: within_radius')
    expect(judge(north(0, { accuracyM: 300.1 }))).toBe('location_unknown: inaccurate_fix')
    expect(judge(north(0, { accuracyM: 100 }), 50)).toBe('verified: within_radius')
    expect(judge(north(0, { accuracyM: 101 }), 50)).toBe('location_unknown: inaccurate_fix')
    expect(judge(north(1500, { accuracyM: 1500 }))).toBe('location_unknown: inaccurate_fix')
    expect(judge(north(290, { accuracyM: 1500 }))).toBe('location_unknown: inaccurate_fix')
  })

  it('7, 8, 9: inside, outside, and too close to the radius to decide', () => {
    expect(judge(north(250))).toBe('verified: within_radius')
    expect(judge(north(299))).toBe('verified: within_radius')
    expect(judge(north(310))).toBe('location_unknown: borderline')
    expect(judge(north(340))).toBe('location_unknown: borderline')
    expect(judge(north(343))).toBe('location_unknown: borderline')
    expect(judge(north(344))).toBe('resource_location_too_far: outside_radius')
    expect(judge(north(5000))).toBe('resource_location_too_far: outside_radius')
  })

  it('multiplies an accuracy of 68 % confidence, as Android reports it, by 1.62', () => {
    const android = { accuracyConfidence: 0.68 } as const
    expect(judge(north(0, { ...android, accuracyM: 185 }))).toBe('verified: within_radius')
    expect(judge(north(0, { ...android, accuracyM: 186 }))).toBe('location_unknown: inaccurate_fix')
    expect(judge(north(360, { accuracyM: 65 }))).toBe('resource_location_too_far: outside_radius')
    expect(judge(north(360, { ...android, accuracyM: 65 }))).toBe('location_unknown: borderline')
  })

  it('compares the fix with the nearest precise site, or the nearest if none is precise', () => {
    const branch: RecordPoint = { latitude: 52.55, longitude: 13.405, precision: 'pin' }
    const centroid: RecordPoint = { ...customer, precision: 'city' }
    expect(verifyLocation(north(0), [branch, customer], 300).point).toEqual(customer)
    expect(verifyLocation(north(0), [branch, centroid], 300)).toMatchObject({
      status: 'resource_location_too_far',
      point: branch,
    })
  })

  it('3: the fix is no place, has no accuracy, or is made up', () => {
    for (const accuracyM of [null, 0, -0, -1, -1e6]) {
      expect(judge(north(0, { accuracyM }))).toBe('location_unknown: invalid_fix')
    }
    const atSea: RecordPoint = { latitude: 0, longitude: 0, precision: 'pin' }
    const none = north(0, { latitude: 0, longitude: 0 })
    expect(judge(none, 300, [atSea])).toBe('location_unknown: invalid_fix')
    expect(judge(none, 300, [])).toBe('location_unknown: invalid_fix')
    const onTheEquator = { ...customer, latitude: 0 }
    expect(judge(north(0, { latitude: 0 }), 300, [onTheEquator])).toBe('verified: within_radius')
    expect(judge(north(0, { isMock: true }))).toBe('location_unknown: mock_location')
    expect(judge(north(5000, { isMock: true }))).toBe('location_unknown: mock_location')
  })

  it('never verifies without a valid fix, taken at the moment of capture, that is not made up', () => {
    const anyFix = fc.record({
      latitude: fc.constantFrom(0, -0, customer.latitude),
      longitude: fc.constantFrom(0, -0, customer.longitude),
      accuracyM: fc.oneof(
        fc.constantFrom(null, 0, -0),
        fc.double({ min: -1e6, max: 1e7, noNaN: true }),
      ),
      accuracyConfidence: fc.constantFrom(0.95 as const, 0.68 as const),
      fixAt: fc.integer({ min: capturedAt - 200_000, max: capturedAt + 200_000 }),
      capturedAt: fc.constant(capturedAt),
      isMock: fc.boolean(),
    })
    const places = [customer, { ...customer, latitude: 0, longitude: 0 }]
    const points = fc.subarray([...places, { ...customer, precision: 'city' as const }])
    fc.assert(
      fc.property(anyFix, points, fc.integer({ min: 50, max: 2000 }), (fix, given, radiusM) => {
        const { status, reason } = verifyLocation(fix, given, radiusM)
        const { latitude, longitude, accuracyM } = fix
        const isNone = (latitude === 0 && longitude === 0) || accuracyM === null || accuracyM <= 0
        const why = isNone ? 'invalid_fix' : fix.isMock ? 'mock_location' : undefined
        expect(reason).toBe(why ?? reason)
        const isStale = Math.abs(fix.fixAt - capturedAt) > 120_000
        const mayBeVerified = why === undefined && !isStale && given.some(isPrecise)
        expect(status === 'verified' && !mayBeVerified).toBe(false)
      }),
      { numRuns: anyFixRuns },
    )
  })

  it('never verifies a visit without a fix from a device', () => {
    const anyRadius = fc.integer({ min: 50, max: 2000 })
    const why = fc.constantFrom(
      'permission_denied',
      'position_unavailable',
      'timeout',
      'not_on_device',
    )
    fc.assert(
      fc.property(anyRadius, why, (radiusM, unavailable) => {
        const { status } = verifyLocation({ unavailable }, [customer], radiusM)
        expect(status).not.toBe('verified')
      }),
    )
  })

  it('never gets worse closer to the customer', () => {
    const order = ['verified', 'location_unknown', 'resource_location_too_far']
    const metres = fc.tuple(fc.nat(3000), fc.nat(3000))
    const accuracy = fc.integer({ min: 1, max: 600 })
    fc.assert(
      fc.property(
        metres,
        accuracy,
        fc.integer({ min: 50, max: 2000 }),
        (pair, accuracyM, radiusM) => {
          const rank = (at: number) =>
            order.indexOf(verifyLocation(north(at, { accuracyM }), [customer], radiusM).status)
          expect(rank(Math.min(...pair))).toBeLessThanOrEqual(rank(Math.max(...pair)))
        },
      ),
    )
  })
})

describe('the distance', () => {
  it('is measured on the ellipsoid, not on a sphere', () => {
    const jfk = { latitude: 40.6413, longitude: -73.7781 }
    const lhr = { latitude: 51.47, longitude: -0.4543 }
    expect(distanceM(jfk, lhr)).toBeCloseTo(5_554_909, -4)
    expect(distanceM({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 1 })).toBeCloseTo(
      111_319.491,
      2,
    )
    expect(distanceM({ latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 })).toBeCloseTo(
      110_574.389,
      2,
    )
  })

  it('compares as exactly as the geodesic', () => {
    const place = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    })
    const near = fc.double({ min: 0.98, max: 1.02, noNaN: true })
    fc.assert(
      fc.property(place, place, near, (from, to, factor) => {
        const metres = Math.max(1, distanceM(from, to) * factor)
        expect(isFartherThan(metres, from, to)).toBe(distanceM(from, to) > metres)
      }),
      { numRuns: 2000 },
    )
  })
})
