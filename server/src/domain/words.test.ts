import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { runs } from '../../test/support/runs.ts'
import { areMatching, digitsOf, fold, parseWords, wordLengthMax, wordsOf } from './words.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[ŁØĐßÆıÞİẞΣς' ÅéñçŒﬁ½Ⅷ０-９a-z]{0,20}$/u),
)
const options = { numRuns: runs({ test: 500, rest: 20_000 }) }

describe('folded text', () => {
  it.each([
    ['Łódź', 'lodz'],
    ['SØREN Đorđević', 'soren dordevic'],
    ['Weißbier GROẞ', 'weissbier gross'],
    ['Æther Œuvre Þór', 'aether oeuvre thor'],
    ['ISPARTA ısparta İstanbul', 'isparta isparta istanbul'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['Crème Brûlée', 'creme brulee'],
    ['ﬁve ½ １２', 'five 1⁄2 12'],
    ['Жуковский', 'жуковскии'],
  ])('%s is %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('stays as it is when it is folded again, in whatever case it was written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
        expect(wordsOf(wordsOf(text).join(' '))).toEqual(wordsOf(text))
      }),
      options,
    )
  })

  it('has words of letters, marks and digits only, none too long', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of wordsOf(text)) {
          expect(word).toMatch(/^[\p{L}\p{M}\p{N}]+$/u)
          expect([...word].length).toBeLessThanOrEqual(wordLengthMax)
        }
      }),
      options,
    )
  })
})

describe('what is typed', () => {
  const isFound = (typed: string, stored: string) =>
    areMatching(wordsOf(stored).join(' '), parseWords(typed))

  it('finds a text by the beginning of any of its words', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, which, length) => {
        const words = wordsOf(text)
        const word = words[which % Math.max(1, words.length)] ?? ''
        const prefix = [...word].slice(0, 1 + (length % 10)).join('')
        expect(isFound(prefix, text)).toBe(true)
        expect(isFound(prefix.toUpperCase(), text)).toBe(true)
      }),
      options,
    )
  })

  it('finds a phone number with or without its gaps', () => {
    expect(digitsOf('+49 (30) 123-456')).toBe('4930123456')
    const query = parseWords('+49 30 / 123')
    expect(areMatching('49301234', query)).toBe(true)
    expect(areMatching('49 30 123', query)).toBe(true)
    expect(areMatching('49 123', query)).toBe(false)
    expect(areMatching('anna 49301234', parseWords('anna 49 30'))).toBe(true)
  })

  it('is only words: signs mean nothing', () => {
    expect(parseWords(`"a" OR* b) NEAR(c -d' & !`)).toEqual(
      ['a', 'or', 'b', 'near', 'c', 'd'].map((word) => [[word]]),
    )
    expect(parseWords('* - "" \'')).toEqual([])
  })
})
