import type { SalesRecord } from './records.ts'

const parts = ['line1', 'city', 'state', 'postal_code', 'country']

/** The record's address in one line; null when it has none. */
export function addressOf({ attributes }: Pick<SalesRecord, 'attributes'>): string | null {
  const { address }: { address?: Record<string, unknown> | null } = JSON.parse(attributes)
  const given = parts
    .map((name) => address?.[name])
    .filter((part) => typeof part === 'string' && part.trim() !== '')
  return given.length > 0 ? given.join(', ') : null
}
