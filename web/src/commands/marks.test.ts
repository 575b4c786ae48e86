import { expect, it } from 'vitest'

import { isMatch, marked } from './marks.ts'

const shown = (text: string, typed: string) =>
  marked(text, typed)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('')

it('marks the beginnings of words that were typed, whatever the case and accents', () => {
  expect(shown('Nils Marigold', 'mar')).toBe('Nils [Mar]igold')
  expect(shown('82 Market Avenue, Hamburg', 'ham mark')).toBe('82 [Mark]et Avenue, [Ham]burg')
  expect(shown('Łódź, Márta Doorbell', 'marta')).toBe('Łódź, [Márta] Doorbell')
  expect(shown('Ma\u0301rta', 'mart')).toBe('[Ma\u0301rt]a')
  expect(shown('Summary', 'mar')).toBe('Summary')
  expect(shown('Corner Shop', '')).toBe('Corner Shop')
})

it('a text matches with all the words that were typed', () => {
  expect(isMatch('Corner Shop', 'sho cor')).toBe(true)
  expect(isMatch('Corner Shop', 'corner bakery')).toBe(false)
})
