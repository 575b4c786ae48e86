import type { FieldType } from '../domain/custom-fields.ts'
import { addressParts, isAttributes, isBlank } from '../domain/record-attributes.ts'

const textLengthMin = 250

/** Of a text, the first pattern that matches. Sell writes numbers as text, and dates as `4/27/2016`. */
const patterns: readonly (readonly [FieldType, RegExp])[] = [
  ['number', /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/],
  ['email', /^[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[a-z]{2,}$/i],
  ['url', /^https?:\/\/\S+$/i],
  ['date', /^(\d{4}-\d\d-\d\d|\d{1,2}\/\d{1,2}\/\d{4})$/],
  ['datetime', /^(\d{4}-\d\d-\d\d|\d{1,2}\/\d{1,2}\/\d{4})[ T]\d{1,2}:\d\d\S{0,14}$/],
  ['phone', /^\+\d[\d ()/.-]{5,24}$/],
]

/** The type of a custom field with this value; undefined: the value shows none. */
export function typeOfValue(value: unknown): FieldType | undefined {
  if (isBlank(value)) return undefined
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'string') return typeOfText(value.trim())
  if (Array.isArray(value)) return value.length === 0 ? undefined : 'multi_select_list'
  if (!isAttributes(value)) return undefined
  if (addressParts.some((part) => part in value)) return 'address'
  return typeof value['name'] === 'string' ? 'list' : 'string'
}

function typeOfText(value: string): FieldType {
  const [type] = patterns.find(([, pattern]) => pattern.test(value)) ?? []
  return type ?? (value.length > textLengthMin || value.includes('\n') ? 'text' : 'string')
}

/** The type that fits the values of both, in whatever order they come. */
export function commonType(one: FieldType, other: FieldType): FieldType {
  if (one === other) return one
  const both = [one, other]
  if (both.includes('text')) return 'text'
  if (both.every((type) => type === 'date' || type === 'datetime')) return 'datetime'
  if (both.every((type) => type === 'list' || type === 'multi_select_list')) {
    return 'multi_select_list'
  }
  return 'string'
}
