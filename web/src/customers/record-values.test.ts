import type { Lead } from '@doorstep/contract/leads'
import { expect, it } from 'vitest'

import { changeFrom, noValues, valuesOf } from './record-values.ts'

/** The tags that are sent when a record with `tags` is saved with this text in the field. */
function sent(tags: readonly string[], text: (before: string) => string) {
  const before = valuesOf({ organization_name: 'Corner Shop', tags } as unknown as Lead)
  return changeFrom('lead', before, { ...before, tags: text(before.tags) }, tags).tags
}

it('splits tags at commas, and sends each once', () => {
  const after = { ...noValues, tags: ' north, key account,, north,' }
  expect(changeFrom('lead', noValues, after)).toEqual({ tags: ['north', 'key account'] })
})

it('keeps a tag that holds a comma whole, wherever another is added', () => {
  const tags = ['Berlin, Mitte', 'north']
  expect(sent(tags, (text) => `${text}, VIP`)).toEqual(['Berlin, Mitte', 'north', 'VIP'])
  expect(sent(tags, (text) => `VIP,${text}`)).toEqual(['VIP', 'Berlin, Mitte', 'north'])
})

it('keeps a tag that holds a comma beside tags that are parts of it', () => {
  const tags = ['Berlin', 'Berlin, Mitte', 'Mitte']
  expect(new Set(sent(tags, (text) => `${text}, VIP`))).toEqual(new Set([...tags, 'VIP']))
})

it('splits a tag that holds a comma when its own text was changed', () => {
  expect(sent(['Berlin, Mitte'], () => 'Berlin, Wedding')).toEqual(['Berlin', 'Wedding'])
  expect(sent(['Berlin, Mitte', 'north'], () => 'north')).toEqual(['north'])
})

it('sends no tags that nobody touched', () => {
  expect(sent(['Berlin, Mitte'], (text) => text)).toBeUndefined()
})
