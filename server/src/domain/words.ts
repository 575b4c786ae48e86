/** Letters that Unicode does not take apart into a basic letter and a mark. */
const basicLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ɖ: 'd',
  ɗ: 'd',
  ł: 'l',
  ƚ: 'l',
  ɫ: 'l',
  ø: 'o',
  ɵ: 'o',
  ɔ: 'o',
  ı: 'i',
  ɨ: 'i',
  ħ: 'h',
  ŧ: 't',
  ƭ: 't',
  ŋ: 'n',
  ɲ: 'n',
  ƞ: 'n',
  ĸ: 'k',
  ƙ: 'k',
  ƀ: 'b',
  ɓ: 'b',
  ƈ: 'c',
  ȼ: 'c',
  ǝ: 'e',
  ə: 'e',
  ɛ: 'e',
  ɇ: 'e',
  ƒ: 'f',
  ǥ: 'g',
  ɠ: 'g',
  ɉ: 'j',
  ƥ: 'p',
  ɍ: 'r',
  ȿ: 's',
  ʉ: 'u',
  ʋ: 'v',
  ɏ: 'y',
  ƴ: 'y',
  ƶ: 'z',
  ȥ: 'z',
  ς: 'σ',
}

const special = new RegExp(`[${Object.keys(basicLetters).join('')}]`, 'gu')

/** The text in lower case and without accents: `Łódź` and `lodz` become the same. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    // NOTE: several small letters share a capital, as σ and ς do.
    .toUpperCase()
    .toLowerCase()
    // NOTE: some letters become a letter and a mark, or a compatibility letter, only now.
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(special, (letter) => basicLetters[letter] ?? letter)

/** Of a longer word only this many characters count. */
export const wordLengthMax = 64

/** The words of a text, folded; a word is a run of letters, marks and digits. */
export const wordsOf = (text: string): string[] =>
  (fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) =>
    word.length > wordLengthMax ? [...word].slice(0, wordLengthMax).join('') : word,
  )

/** The digits of a phone number as one word; undefined: there are none. */
export function digitsOf(phone: string): string | undefined {
  const digits = phone.replaceAll(/\D/g, '').slice(0, wordLengthMax)
  return digits === '' ? undefined : digits
}

/**
 * What somebody types to find something. All parts must match; a part matches by one of its
 * alternatives, and an alternative when each of its prefixes begins a word.
 */
export type WordQuery = readonly (readonly (readonly string[])[])[]

/**
 * Reads what was typed. Each word is a part. Groups of digits next to one another may also be one
 * phone number, so that `030 123` finds 030123456.
 */
export function parseWords(typed: string): WordQuery {
  const parts: string[][] = []
  for (const word of wordsOf(typed)) {
    const last = parts.at(-1)
    if (isDigits(word) && last?.every(isDigits)) last.push(word)
    else parts.push([word])
  }
  return parts.map((words) => (words.length === 1 ? [words] : [words, [words.join('')]]))
}

const isDigits = (word: string): boolean => /^\d+$/.test(word)

/** Whether these words, separated by spaces, are what the query looks for. */
export function areMatching(words: string, query: WordQuery): boolean {
  const text = ` ${words}`
  return query.every((alternatives) =>
    alternatives.some((prefixes) => prefixes.every((prefix) => text.includes(` ${prefix}`))),
  )
}
