import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type JsonPiece, jsonPieces } from './json-pieces.ts'

async function* inChunks(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function piecesOf(text: string, chunk = 1000): Promise<JsonPiece[]> {
  return Array.fromAsync(jsonPieces(inChunks(text, chunk)))
}

const valuesOf = (pieces: readonly JsonPiece[]) =>
  pieces.map((piece) => ('value' in piece ? piece.value : piece.broken))

const item = fc.record({
  data: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
  meta: fc.record({ type: fc.string({ unit: 'binary' }) }),
})

const layouts: readonly ((items: readonly object[]) => string)[] = [
  (items) => items.map((each) => JSON.stringify(each)).join('\n'),
  (items) => items.map((each) => JSON.stringify(each)).join(''),
  (items) => items.map((each) => JSON.stringify(each, null, 2)).join('\r\n'),
  (items) => JSON.stringify(items),
  (items) => JSON.stringify(items, null, 4),
  (items) => JSON.stringify({ items, meta: { type: 'collection', links: { self: '}]{[' } } }),
  (items) => JSON.stringify({ items, meta: { type: 'collection', count: 2 } }, null, 2),
  (items) =>
    `${JSON.stringify({ items: items.slice(0, 1), meta: {} })}\n${JSON.stringify({ items: items.slice(1), meta: {} })}\n`,
  (items) => JSON.stringify({ meta: { type: 'collection' }, items }),
  (items) => `\uFEFF${JSON.stringify([{ items, meta: {} }])}`,
]

describe('cutting a text into its JSON values', () => {
  it('finds every value of every layout, however the text arrives', async () => {
    const given = fc.tuple(
      fc.array(item),
      fc.constantFrom(...layouts),
      fc.integer({ min: 1, max: 300 }),
    )
    await fc.assert(
      fc.asyncProperty(given, async ([items, layout, chunk]) => {
        const pieces = await piecesOf(layout(items), chunk)
        expect(valuesOf(pieces)).toEqual(JSON.parse(JSON.stringify(items)))
        expect(pieces.map(({ index }) => index)).toEqual(items.map((_, index) => index))
      }),
      { numRuns: 500 },
    )
  })

  it('looks through a long value no more often than it doubles', async () => {
    // NOTE: looked through at each of its chunks, it would take minutes.
    const value = { data: Array.from({ length: 500_000 }, (_, id) => ({ id, name: 'a "name"' })) }
    const pieces = await piecesOf(JSON.stringify(value), 4_000)
    expect(valuesOf(pieces)).toEqual([value])
  })

  it('reports the line of each value', async () => {
    const pieces = await piecesOf('{"data":1}\n\n{"data":2}\n[\n  {"data":3},\n  {"data":4}\n]\n')
    expect(pieces.map(({ line }) => line)).toEqual([1, 3, 5, 6])
  })

  it('reports a line that is cut off, and continues behind it', async () => {
    const pieces = await piecesOf('{"data":{"id":1}}\n{"data":{"id":2\n{"data":{"id":3}}\n', 5)
    expect(valuesOf(pieces)).toEqual([{ data: { id: 1 } }, '{"data":{"id":2', { data: { id: 3 } }])
    expect(pieces[1]).toMatchObject({ line: 2, index: 1 })
  })

  it('loses one item of a collection that is damaged in one item', async () => {
    for (const space of [undefined, 2]) {
      const items = [1, 2, 3, 4].map((id) => ({ data: { id, text: 'x' }, meta: { type: 'visit' } }))
      const text = JSON.stringify({ items, meta: { count: 4 } }, null, space)
      const damaged = text.replace(/"id": ?2,/, '"id":"2,')
      const values = valuesOf(await piecesOf(damaged))
      expect(values).toHaveLength(4)
      expect([values[0], values[2], values[3]]).toEqual([items[0], items[2], items[3]])
    }
  })

  it('reports a text that ends too early', async () => {
    const pieces = await piecesOf('{"items":[{"data":{"id":1}},{"data":{"id":')
    expect(valuesOf(pieces)).toEqual([{ data: { id: 1 } }, '{"data":{"id":'])
  })

  it('reports a value that is nested too deeply, and continues behind it', async () => {
    for (const depth of [25, 20_000]) {
      const deep = `{"data":{"custom_fields":${'['.repeat(depth)}${']'.repeat(depth)}}}`
      const pieces = await piecesOf(`{"data":1}\n${deep}\n{"data":3}\n`)
      expect(valuesOf(pieces)).toEqual([{ data: 1 }, deep, { data: 3 }])
      expect(pieces[1]).toHaveProperty('reason', 'must not be nested deeper than 20 levels')
    }
  })

  it('survives any text, with at most as many pieces as characters', async () => {
    const text = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', ' ', 'a', '1'),
    })
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (given, chunk) => {
        const pieces = await piecesOf(given, chunk)
        expect(pieces.length).toBeLessThanOrEqual(given.length)
      }),
      { numRuns: 2000 },
    )
  })
})
