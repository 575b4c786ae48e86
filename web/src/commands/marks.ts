interface Part {
  readonly text: string
  readonly isMatch: boolean
}

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

const wordsOf = (text: string): readonly string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** So many characters of a word are as long as what was typed, once both are folded. */
function lengthOf(word: string, typed: string): number {
  let length = typed.length
  while (fold(word.slice(0, length)).length < typed.length) length += 1
  return length
}

/** A text in parts: the beginnings of words that were typed, and what lies between. */
export function marked(text: string, typed: string): readonly Part[] {
  const wanted = wordsOf(typed).toSorted((a, b) => b.length - a.length)
  const parts: Part[] = []
  let done = 0
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const begin = wanted.find((each) => fold(word).startsWith(each))
    if (begin === undefined) continue
    const end = index + lengthOf(word, begin)
    if (index > done) parts.push({ text: text.slice(done, index), isMatch: false })
    parts.push({ text: text.slice(index, end), isMatch: true })
    done = end
  }
  if (done < text.length) parts.push({ text: text.slice(done), isMatch: false })
  return parts
}

/** Whether each word that was typed begins one of the text. */
export function isMatch(text: string, typed: string): boolean {
  const words = wordsOf(text)
  return wordsOf(typed).every((each) => words.some((word) => word.startsWith(each)))
}

/** Whether some word that was typed begins one of the text. */
export const hasMatch = (text: string, typed: string): boolean =>
  marked(text, typed).some((part) => part.isMatch)
