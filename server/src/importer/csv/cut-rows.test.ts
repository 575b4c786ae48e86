import { describe, expect, it } from 'vitest'

import { RowCutter, type TableRow } from './cut-rows.ts'

function cut(text: string, separator = ','): TableRow[] {
  const [header = '', ...lines] = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const cutter = new RowCutter('x.csv', separator)
  const [first] = [...cutter.add(header)]
  if (first && 'cells' in first) cutter.setHeader(first.cells)
  return [...lines.flatMap((line) => [...cutter.add(line)]), ...cutter.end()]
}

const cellsOf = (rows: readonly TableRow[]) =>
  rows.map((row) => ('cells' in row ? row.cells : row.reason))

describe('rows of a text', () => {
  it('have quotes, separators and line breaks in quoted cells, as they were written', () => {
    const rows = cut('a,b\n1,"x, ""y""\r\nz"\r\n"2", "q" \n3,""\n4,\n')
    expect(cellsOf(rows)).toEqual([
      ['1', 'x, "y"\r\nz'],
      ['2', 'q'],
      ['3', ''],
      ['4', ''],
    ])
    expect(rows.map(({ line }) => line)).toEqual([2, 4, 5, 6])
  })

  it('keep a stray quote as it is', () => {
    const rows = cut('a,b,c\n1,5" pipe,x\n2,"a "b" c",y\n3,=HYPERLINK("u"),"z"\n')
    expect(cellsOf(rows)).toEqual([
      ['1', '5" pipe', 'x'],
      ['2', 'a "b" c', 'y'],
      ['3', '=HYPERLINK("u")', 'z'],
    ])
  })

  it('do not lose the rows behind a quote that is not closed', () => {
    const rows = cut('id,note,at\n1,ok,2\n2,"open,3\n3,fine,4\n4,"closed",5\n')
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4, 5])
    expect(rows[1]).toMatchObject({ text: '2,"open,3', reason: expect.stringMatching(/3.* 4/) })
    expect(cellsOf(rows).slice(2)).toEqual([
      ['3', 'fine', '4'],
      ['4', 'closed', '5'],
    ])
  })

  it('do not lose the rows behind a quote that is closed by a later row', () => {
    const rows = cut('id,note\n1,"open\n2,fine\n3,"closed"\n4,x"\n')
    expect(cellsOf(rows)).toEqual([
      expect.stringContaining('looks like a row'),
      ['2', 'fine'],
      ['3', 'closed'],
      ['4', 'x"'],
    ])
    const first = cut('at,note,by\n2024-03-14,"open,Ana\n2024-03-15,fine,"Ana"\n')
    expect(first).toMatchObject([{ line: 2, reason: expect.anything() }, { line: 3 }])
  })

  it('take a note of several lines with separators for a note', () => {
    const rows = cut('id,note,at\n1,"Dear all,\nwe met, and, talked\nbye",2\n2,x,3\n')
    expect(cellsOf(rows)).toEqual([
      ['1', 'Dear all,\nwe met, and, talked\nbye', '2'],
      ['2', 'x', '3'],
    ])
  })

  it('are read on behind a quote that no quote closes', () => {
    const rows = cut('id,note\n1,"open\nplain\n2,x\n')
    expect(rows).toMatchObject([
      { line: 2, text: '1,"open\nplain', reason: expect.anything() },
      { line: 4, cells: ['2', 'x'] },
    ])
    const last = cut('id,note\n1,x\n2,"open\n')
    expect(last).toMatchObject([{ line: 2 }, { line: 3, reason: expect.stringContaining('never') }])
  })

  it('are rejected whole where they have too many cells, and short ones are read', () => {
    const rows = cut('a,b\n1,2,3\n1,2,,\n1\n')
    expect(cellsOf(rows)).toEqual([expect.stringContaining('3 cells'), ['1', '2'], ['1']])
  })

  it('end in a sentence where one is too long or has too many columns', () => {
    expect(() => cut(`a,b\n1,"${'x'.repeat(5_000_000)}`)).toThrow('longer than 4 MB')
    expect(() => cut('x,'.repeat(1_000_000))).toThrow('more than 2000 columns')
  })
})
