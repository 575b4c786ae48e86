import fc from 'fast-check'
import { expect, it } from 'vitest'

import { bytesOf } from './bytes.ts'

it('returns the UTF-8 of any text, and does not change earlier results', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 8 })
  fc.assert(
    fc.property(texts, (given) => {
      const bytes = given.map(bytesOf)
      expect(bytes.map((each) => each.toString())).toEqual(given)
    }),
  )
})

it.each([
  ['', ''],
  [null, ''],
  [undefined, ''],
  ['a\u0000é“👋', 'a\u0000é“👋'],
  ['é'.repeat(600_000), 'é'.repeat(600_000)],
  [Buffer.from('xxab👋xx').subarray(2, 8), 'ab👋'],
])('turns %j into bytes', (given, text) => {
  expect(bytesOf(given)).toEqual(Buffer.from(text))
})
