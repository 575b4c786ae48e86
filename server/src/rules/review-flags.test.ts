import { describe, expect, it } from 'vitest'

import type { ReviewFlag } from '../domain/findings.ts'
import { type EarlierVisit, reviewFlags } from './review-flags.ts'

const now = Date.UTC(2026, 4, 9, 7, 30)
const hourMs = 3_600_000

/** The flags of a fix with this accuracy, after visits with those accuracies, newest first. */
function flagsOf(accuracyM: number, ...earlierM: (number | null)[]): ReviewFlag[] {
  const earlier = earlierM.map((each, index): EarlierVisit => ({
    visitedAt: now - (index + 1) * hourMs,
    latitude: null,
    longitude: null,
    accuracyM: () => each,
  }))
  const fix = {
    latitude: 52.52,
    longitude: 13.405,
    accuracyM,
    accuracyConfidence: 0.95,
    fixAt: now,
    capturedAt: now,
    isMock: false,
  } as const
  return reviewFlags({ fix, visitedAt: now, skewMs: 0, receivedAt: now, earlier })
}

const flagged = ['accuracy_zero_or_constant']

describe('accuracy_zero_or_constant (7.1)', () => {
  it.each([
    [0.001, flagged],
    [0.49, flagged],
    [0.5, []],
    [1, []],
  ])('an accuracy of %d m: %j', (accuracyM, flags) => {
    expect(flagsOf(accuracyM)).toEqual(flags)
  })

  it('flags the sixth visit in a row with the same fraction of a metre', () => {
    const same = 12.345
    expect(flagsOf(same, same, same, same, same)).toEqual([])
    expect(flagsOf(same, same, same, same, same, same)).toEqual(flagged)
    expect(flagsOf(same, same, null, same, same, same, same)).toEqual(flagged)
    expect(flagsOf(same, same, same, same, same, 12.346)).toEqual([])
  })

  it('never flags whole metres, which phones round to', () => {
    expect(flagsOf(5, 5, 5, 5, 5, 5, 5)).toEqual([])
  })
})
