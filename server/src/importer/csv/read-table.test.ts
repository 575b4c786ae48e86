import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import { decode } from '../encodings.ts'
import { readTable, type TableOptions } from './read-table.ts'
import { shapeOf } from './row-shape.ts'

const known = new Set(['id', 'name', 'note', 'visited_at'])
const options: TableOptions = {
  name: 'x.csv',
  countKnown: (cells) => cells.filter((cell) => known.has(cell)).length,
}

async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Uint8Array, size: number, given: Partial<TableOptions> = {}) {
  const text = decode(chunksOf(bytes, size), { name: 'x.csv' })
  const table = await readTable(text, { ...options, ...given })
  const rows = await Array.fromAsync(table.rows)
  return { header: table.header, leftOut: table.leftOut, rows }
}

const cellsOf = ({ rows }: Awaited<ReturnType<typeof read>>) =>
  rows.map((row) => ('cells' in row ? row.cells : row.reason))

interface Writing {
  readonly separator: string
  readonly lineEnd: string
  readonly encoding: 'utf8' | 'utf8 with mark' | 'utf16le' | 'utf16be'
  readonly isQuoted: boolean
}

function write(rows: readonly (readonly string[])[], how: Writing): Buffer {
  const { separator, lineEnd, encoding, isQuoted } = how
  const needsQuotes = (cell: string) =>
    isQuoted || /[",;|\t\r\n]/.test(cell) || /^ | $/.test(cell) || cell === ''
  const print = (cell: string) => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const text = rows.map((row) => row.map(print).join(separator) + lineEnd).join('')
  if (encoding === 'utf8') return Buffer.from(text)
  if (encoding === 'utf8 with mark') return Buffer.from(`\uFEFF${text}`)
  const wide = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return encoding === 'utf16le' ? wide : wide.swap16()
}

const writing: fc.Arbitrary<Writing> = fc.record({
  separator: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf8', 'utf8 with mark', 'utf16le', 'utf16be'),
  isQuoted: fc.boolean(),
})
const awkward = fc.string({
  unit: fc.constantFrom(
    '"',
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    ' ',
    '=',
    'a',
    'é',
    '字',
    '1',
    '\u{1F600}',
  ),
  maxLength: 12,
})
const cell = fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 8 }))
const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 })

/** Whether a line of a cell looks like a row of its own, which is rejected on purpose. */
const hasRowInside = (rows: readonly (readonly string[])[], separator: string): boolean => {
  const shape = shapeOf(['id', 'name', 'note'])
  return rows.some((row) =>
    row.some((text) =>
      text
        .split(/[\r\n]/)
        .slice(1)
        .some((line) => line.split(separator).length >= shape.width - 1 || line.includes('"')),
    ),
  )
}

describe('tables', () => {
  it('come back cell for cell, however they were written', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(
        table,
        writing,
        fc.integer({ min: 5, max: 90 }),
        async (given, how, size) => {
          const rows = given.map((row) => row.map((text) => text.replaceAll(/[\uFEFF\r]/g, '')))
          fc.pre(!hasRowInside(rows, how.separator))
          fc.pre(rows.every(([first = '']) => !/^\s*(total|sum)/i.test(first)))
          // NOTE: a file whose lines end in CR has no LF at all.
          const lines =
            how.lineEnd === '\r'
              ? rows.map((row) => row.map((text) => text.replaceAll('\n', ' ')))
              : rows
          const bytes = write([['id', 'name', 'note'], ...lines], how)
          const found = cellsOf(await read(bytes, size))
          // NOTE: lines such as |"|"| can end a cell or be a row, so they are rejected.
          fc.pre(!found.some((row) => typeof row === 'string' && row.includes('looks like a row')))
          expect(found).toEqual(lines)
          compared++
        },
      ),
      { numRuns: runs({ test: 400, rest: 20_000 }) },
    )
    expect(compared).toBeGreaterThan(300)
  })

  it('say their separator, their header and their totals, or it is found', async () => {
    const table = await read(Buffer.from('sep=|\r\nid|note\r\n1|a,b;c\r\n'), 7)
    expect(table.header).toMatchObject({ line: 2, cells: ['id', 'note'] })
    expect(cellsOf(table)).toEqual([['1', 'a,b;c']])
    const report = 'Report,,\n"Made on, Monday",,\n\nid,name,note\n1,Total,x\nTotal,1,\n'
    const found = await read(Buffer.from(report), 1000)
    expect(found.header.line).toBe(4)
    expect(cellsOf(found)).toEqual([['1', 'Total', 'x']])
    expect(found.leftOut.map(({ line }) => line)).toEqual([1, 2, 6])
    const row = await read(Buffer.from('id,name\nid,note\n1,2\n'), 1000, { headerLine: 2 })
    expect(row.header.cells).toEqual(['id', 'note'])
    await expect(read(Buffer.from('id\n'), 9, { headerLine: 5 })).rejects.toThrow('line 5')
    await expect(read(Buffer.from(''), 9)).rejects.toThrow('has no rows')
  })

  it('with a million columns or a cell of any length end in a sentence', async () => {
    await expect(read(Buffer.from(`id${',x'.repeat(1_000_000)}\n`), 65_536)).rejects.toThrow(
      'columns',
    )
    const long = Buffer.from(`id,note\n1,"${'x\n'.repeat(20_000)}"\n`)
    await expect(read(long, 65_536)).rejects.toThrow('10000 lines')
    const wide = Buffer.from(`id,note\n1,"${'x'.repeat(9_000_000)}"\n`)
    await expect(read(wide, 65_536)).rejects.toThrow('longer than 4 MB')
  })
})
