import type { WordQuery } from '../../domain/words.ts'

/** How an engine writes what is searched. */
export interface WordSyntax {
  readonly word: (word: string) => string
  readonly prefix: (prefix: string) => string
  readonly and: string
  readonly or: string
}

/** NOTE: words are letters, marks and digits, so that no engine takes a part of one as a sign. */
export function printWordQuery(
  scopes: readonly string[],
  query: WordQuery,
  { word, prefix, and, or }: WordSyntax,
): string {
  const anyOf = (texts: readonly string[]) => `(${texts.join(or)})`
  const parts = query.map((alternatives) =>
    anyOf(alternatives.map((prefixes) => `(${prefixes.map(prefix).join(and)})`)),
  )
  return [anyOf(scopes.map(word)), ...parts].join(and)
}
