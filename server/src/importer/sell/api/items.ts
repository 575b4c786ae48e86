import { isObject } from '../../attributes.ts'

export type Attributes = Readonly<Record<string, unknown>>

const partOf = (item: unknown, name: 'data' | 'meta'): Attributes => {
  const part = isObject(item) ? item[name] : undefined
  return isObject(part) ? part : {}
}

/** The attributes of a list's or stream's item; none where it is malformed. */
export const dataOf = (item: unknown): Attributes => partOf(item, 'data')

/** An item's meta: its type, and for an event what happened. */
export const metaOf = (item: unknown): Attributes => partOf(item, 'meta')

/** Whether it is an event that reports a deletion. */
export const isDeletion = (item: unknown): boolean => metaOf(item)['event_type'] === 'deleted'

/** The id of an item; 0 where it has none. */
export function idOf(item: unknown): number {
  const id = Number(dataOf(item)['id'] ?? 0)
  return Number.isSafeInteger(id) ? id : 0
}
