import { isTooDeep, jsonDepthMax, tooDeep } from '../domain/json-depth.ts'

/** One JSON value of a text that holds many, or a stretch of invalid JSON. */
export type JsonPiece = Place &
  ({ readonly value: unknown } | { readonly broken: string; readonly reason: string })

export interface Place {
  /** The line on which it begins, from 1. */
  readonly line: number
  /** Its number among the pieces of the text, from 0. */
  readonly index: number
}

const pieceLengthMax = 32 * 1024 * 1024

/**
 * Cuts a text into its JSON values: one after another, one per line, in an array, or in the `items`
 * of a collection. Only one value is in memory at a time. Invalid JSON comes as a broken piece, and
 * reading continues where the next value seems to begin.
 */
export async function* jsonPieces(chunks: AsyncIterable<string>): AsyncGenerator<JsonPiece> {
  const cutter = new Cutter()
  for await (const chunk of chunks) {
    cutter.add(chunk)
    yield* cutter.cut(false)
  }
  yield* cutter.cut(true)
}

/** Shorter values are looked through at each chunk. */
const oftenReadMax = 1024 * 1024

const collectionStart = /\{\s*"items"\s*:\s*\[/y
const collectionStartLengthMax = 64
const nextStart = /\n\s*(?=[{[])|,\s*(?=\{\s*"data")/g
const lineFeed = 10
const separators = new Set([' ', '\t', '\r', '\n', ',', '\uFEFF'])

class Cutter {
  #text = ''
  #line = 1
  #index = 0
  /** What encloses the values: an array, or a collection, whose rest is skipped. */
  #within: ('array' | 'collection')[] = []
  /** How much text there must be before an incomplete value at its start is looked through again. */
  #neededLength = 0

  add(chunk: string): void {
    this.#text += chunk
  }

  /** Complete values; at the end also the rest. */
  *cut(isEnd: boolean): Generator<JsonPiece> {
    if (this.#text.length < this.#neededLength && !isEnd) return
    this.#neededLength = 0
    let at = 0
    for (;;) {
      at = this.#skipSeparators(at)
      const char = this.#text[at]
      if (char === undefined) break
      if (this.#text.length - at < collectionStartLengthMax && !isEnd) break
      const inside = this.#opening(at)
      if (inside !== undefined) {
        at = this.#pass(at, inside)
        continue
      }
      if (char === ']' && this.#within.length > 0) {
        const end = this.#within.at(-1) === 'array' ? at + 1 : closingEnd(this.#text, at, 2)
        if (end === undefined && this.#waits(at, isEnd)) break
        this.#within.pop()
        at = this.#pass(at, end ?? this.#text.length)
        continue
      }
      const end = valueEnd(this.#text, at)
      if (end === undefined && this.#waits(at, isEnd)) break
      const parsed = end === undefined ? undefined : parse(this.#text.slice(at, end))
      if (parsed && 'value' in parsed && end !== undefined) {
        for (const value of itemsOf(parsed.value)) {
          yield { line: this.#line, index: this.#index++, value }
        }
        at = this.#pass(at, end)
        continue
      }
      const place = { line: this.#line, index: this.#index++ }
      if (parsed && end !== undefined) {
        yield { ...place, broken: this.#text.slice(at, end), reason: tooDeep }
        at = this.#pass(at, end)
        continue
      }
      const resumed = this.#nextStart(at, isEnd)
      yield {
        ...place,
        broken: this.#text.slice(at, resumed).trimEnd(),
        reason: 'is not valid JSON, or is cut off',
      }
      if (this.#text[resumed - 1] === '\n') this.#within = []
      at = this.#pass(at, resumed)
    }
    this.#text = this.#text.slice(at)
  }

  /**
   * Whether what begins at `at` is waited for, since more text may complete it. A long value waits for
   * twice as much: looked through at each chunk, it would take time by the square of its length.
   */
  #waits(at: number, isEnd: boolean): boolean {
    const length = this.#text.length - at
    if (isEnd || length > pieceLengthMax) return false
    this.#neededLength = length > oftenReadMax ? Math.min(2 * length, pieceLengthMax + 1) : 0
    return true
  }

  #skipSeparators(from: number): number {
    let at = from
    while (separators.has(this.#text[at] ?? '')) at++
    return this.#pass(from, at)
  }

  /** The first place inside an array or a collection that begins here. */
  #opening(at: number): number | undefined {
    if (this.#text[at] === '[') {
      this.#within.push('array')
      return at + 1
    }
    collectionStart.lastIndex = at
    if (!collectionStart.test(this.#text)) return undefined
    this.#within.push('collection')
    return collectionStart.lastIndex
  }

  #nextStart(at: number, isEnd: boolean): number {
    nextStart.lastIndex = at
    const found = nextStart.exec(this.#text)
    if (found) return nextStart.lastIndex
    return isEnd ? this.#text.length : Math.max(at + 1, this.#text.length - 1)
  }

  #pass(from: number, to: number): number {
    for (let at = from; at < to; at++) if (this.#text.charCodeAt(at) === lineFeed) this.#line++
    return to
  }
}

const structure = /["{}[\]]/g

/** Behind the value that begins at `at`; undefined: it is incomplete. */
function valueEnd(text: string, at: number): number | undefined {
  const first = text[at]
  if (first !== '{' && first !== '[') {
    const end = text.indexOf('\n', at)
    return end < 0 ? undefined : end
  }
  return closingEnd(text, at, 0)
}

/** Behind the bracket that closes the outermost of `startDepth` levels. */
function closingEnd(text: string, at: number, startDepth: number): number | undefined {
  structure.lastIndex = at
  for (let depth = startDepth; ;) {
    const char = structure.exec(text)?.[0]
    if (char === undefined) return undefined
    if (char === '"') {
      const end = stringEnd(text, structure.lastIndex)
      if (end === undefined) return undefined
      structure.lastIndex = end
    } else {
      depth += char === '{' || char === '[' ? 1 : -1
      if (depth === 0) return structure.lastIndex
    }
  }
}

/** Behind the quote that closes the string whose inside begins at `from`. */
function stringEnd(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0
    while (text[at - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return at + 1
  }
  return undefined
}

/** A collection around its items adds two levels; the items themselves are looked at again. */
const pieceDepthMax = jsonDepthMax + 2

/** undefined: it is not JSON. */
function parse(text: string): { value: unknown } | { isTooDeep: true } | undefined {
  if (isTooDeep(text, pieceDepthMax)) return { isTooDeep: true }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** The items of a collection whose `items` do not come first, otherwise the value itself. */
function itemsOf(value: unknown): readonly unknown[] {
  const isCollection = typeof value === 'object' && value !== null && !('data' in value)
  return isCollection && 'items' in value && Array.isArray(value.items) ? value.items : [value]
}
