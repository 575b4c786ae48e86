import { isObject } from '../../attributes.ts'

type Attributes = Readonly<Record<string, unknown>>

const partOf = (item: unknown, name: 'data' | 'meta'): Attributes => {
  const part = isObject(item) ? item[name] : undefined
  return isObject(part) ? part : {}
}

/** The attributes of an item of a list or stream; none where it is no item at all. */
export const dataOf = (item: unknown): Attributes => partOf(item, 'data')

/** What is told about an item: its type, and of an event what happened. */
export const metaOf = (item: unknown): Attributes => partOf(item, 'meta')

/** The id of an item; 0 where it has none. */
export function idOf(item: unknown): number {
  const id = Number(dataOf(item)['id'] ?? 0)
  return Number.isSafeInteger(id) ? id : 0
}
