import { expect, it } from 'vitest'

import { csvCell } from './csv.ts'

it('cells are neither split nor run by a spreadsheet', () => {
  expect(['Café, bar', 'a "b"', '=1+1', '-3', -3, null, 'plain'].map(csvCell)).toEqual([
    '"Café, bar"',
    '"a ""b"""',
    "'=1+1",
    "'-3",
    '-3',
    '',
    'plain',
  ])
})
