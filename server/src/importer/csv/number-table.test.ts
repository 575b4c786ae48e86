import { expect, it } from 'vitest'

import { NumberTable } from './number-table.ts'

it('finds numbers in several close ranges, large and negative ones too', () => {
  const table = new NumberTable(2)
  const starts = [0, 1e7, 3e9, 2 ** 40, -1e6]
  const keys = starts.flatMap((start) => Array.from({ length: 40_000 }, (_, at) => start + at))
  for (const [at, key] of keys.entries()) table.set(key, [at + 1, at])
  expect(keys.every((key, at) => table.get(key)?.[1] === at)).toBe(true)
  expect(table.get(2e9)).toBeUndefined()
})
