import { expect, it } from 'vitest'

import { PrimaryMarks } from './replica-lag.ts'

it('computes the age of a replica from positions of the primary', () => {
  const marks = new PrimaryMarks(3_000)
  expect(marks.currentAt(100)).toBeUndefined()
  for (const [atMs, position] of [
    [1_000, 100],
    [2_000, 100],
    [3_000, 250],
    [4_000, 300],
  ] as const) {
    marks.add({ atMs, position })
  }
  expect([99, 100, 249, 250, 299, 300, 999].map((position) => marks.currentAt(position))).toEqual([
    undefined,
    2_000,
    2_000,
    3_000,
    3_000,
    4_000,
    4_000,
  ])
  marks.add({ atMs: 5_500, position: 400 })
  expect([marks.currentAt(100), marks.currentAt(250)]).toEqual([undefined, 3_000])
})
