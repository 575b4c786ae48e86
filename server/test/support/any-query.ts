import type { Operation } from '@doorstep/contract/operations'
import fc from 'fast-check'

import { isQuerySchema, type ParameterSchema } from '../../src/http/request/query.ts'

export type Pairs = [name: string, value: string][]

export const escaped = (pairs: Pairs) => new URLSearchParams(pairs).toString()
export const unescaped = (pairs: Pairs) =>
  pairs.map(([name, value]) => `${name}=${value}`).join('&')

export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('', '0', '1', '-1', '1e9', '33', '%', '%zz', '[1, 2]', '__proto__', 'null'),
  fc.maxSafeInteger().map(String),
)

const fittingTime = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())

const fittingNumber = ({ minimum = 0, maximum = 0 }: ParameterSchema) =>
  fc.oneof(
    fc.constantFrom(minimum, 0, maximum),
    fc.double({ min: minimum, max: maximum, noNaN: true }),
  )

/** Text that fits a parameter, or nearly. */
function fittingText(schema: ParameterSchema): fc.Arbitrary<string> {
  if (schema.enum) return fc.constantFrom(...schema.enum.map(String))
  if (schema.type === 'boolean') return fc.constantFrom('true', 'false', 'True', 'False')
  if (schema.type === 'integer') return fc.integer({ min: 1, max: 100 }).map(String)
  if (schema.format === 'date-time') return fittingTime
  if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(fittingNumber)).map(String)
  if (!schema.items) return anyText
  return fc.array(fittingText(schema.items), { minLength: 1, maxLength: 9 }).map(String)
}

function fittingPair({ query }: Operation): fc.Arbitrary<[string, string]> {
  if (!isQuerySchema(query)) throw new Error('no schema of a query')
  const parameters: [string, ParameterSchema][] = Object.entries(query.properties)
  const pairs = parameters.map(([name, schema]) => {
    if (schema.type !== 'object') return fc.tuple(fc.constant(name), fittingText(schema))
    const members = fc.constantFrom(...Object.keys(schema.properties ?? { sku: 1, 'a "b"': 1 }))
    const named = members.map((member) => `${name}[${member}]`)
    return fc.tuple(named, fc.oneof(anyText, fittingTime))
  })
  return pairs.length > 0 ? fc.oneof(...pairs) : fc.tuple(anyText, anyText)
}

export const fittingPairs = (operation: Operation): fc.Arbitrary<Pairs> =>
  fc.uniqueArray(fittingPair(operation), { selector: ([name]) => name, maxLength: 4 })

/** Parameters of the operation and others, with values that fit or do not, once or often. */
export function anyPairs(operation: Operation): fc.Arbitrary<Pairs> {
  const name = fc.oneof(
    fc.constantFrom('id', ...Object.keys(operation.query.properties)),
    fc.constantFrom('ids[]', 'ids[0]', 'ids[1]', 'page[]'),
    anyText,
  )
  const pair = fc.oneof(fittingPair(operation), fc.tuple(name, anyText))
  return fc.array(pair, { maxLength: 6 })
}
