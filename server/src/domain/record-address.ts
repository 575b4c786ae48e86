import { isAttributes } from './record-attributes.ts'
import type { SalesRecord } from './records.ts'

const parts = ['line1', 'city', 'state', 'postal_code', 'country']

/** The record's address in one line; null when it has none. */
export function addressOf({ attributes }: Pick<SalesRecord, 'attributes'>): string | null {
  const { address }: { address?: unknown } = JSON.parse(attributes)
  return inOneLine(address)
}

/** The attribute `address` in one line; null when it is empty. */
export function inOneLine(address: unknown): string | null {
  if (!isAttributes(address)) return null
  const given = parts
    .map((name) => address[name])
    .filter((part) => typeof part === 'string' && part.trim() !== '')
  return given.length > 0 ? given.join(', ') : null
}
