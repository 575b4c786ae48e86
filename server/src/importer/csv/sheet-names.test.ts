import { expect, it } from 'vitest'

import { namesIn } from './sheet-names.ts'

it('reads the names of sheets, and a text of many tags without one in a moment', () => {
  const sheets = '<sheet sheetId="1" name="Q&amp;A"/><x:sheet name="2 &gt; 1" sheetId="2"/>'
  expect(namesIn(`<sheets>${sheets}</sheets>`)).toEqual(['Q&A', '2 > 1'])
  // Time that rises with the square of the length would be hours.
  expect(namesIn('<sheet '.repeat(2_000_000))).toEqual([])
})
