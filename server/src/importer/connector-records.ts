import { isObject } from './attributes.ts'

/** What bare objects can be: types of Sell's items. */
export const itemTypes = [
  'account',
  'user',
  'visit_outcome',
  'custom_field',
  'tag',
  'lead_status',
  'lead_source',
  'lead',
  'contact',
  'visit',
] as const
export type ItemType = (typeof itemTypes)[number]

/** Messages of connectors, and their records of streams that are not imported, by what they are. */
export type LeftOut = Map<string, number>

const plurals: Readonly<Record<string, ItemType>> = {
  lead_statuses: 'lead_status',
  accounts_self: 'account',
}
/** What Singer and Airbyte write besides records. */
const messages = new Set('SCHEMA STATE LOG TRACE SPEC CATALOG CONNECTION_STATUS CONTROL'.split(' '))
messages.add('ACTIVATE_VERSION')

/**
 * The item of Sell's API in what a connector saved of it: a record of Singer or Airbyte, or, where
 * `type` says what they are, bare objects. Items stay as they are. undefined: it is left out, and noted.
 */
export function itemOfRecord(
  value: unknown,
  type: ItemType | undefined,
  leftOut: LeftOut,
): unknown {
  if (!isObject(value)) return value
  const note = (what: string): undefined => void leftOut.set(what, (leftOut.get(what) ?? 0) + 1)
  const { record, stream } = value
  const message = value['type']
  if (message === 'RECORD' && isObject(record)) {
    const isAirbyte = typeof record['stream'] === 'string' && isObject(record['data'])
    const name = isAirbyte ? record['stream'] : stream
    const known = typeOfStream(name) ?? type
    if (known === undefined) return note(`record of ${String(name)}`)
    return wrap(isAirbyte ? record['data'] : record, known)
  }
  if (typeof message === 'string' && messages.has(message) && !('id' in value)) {
    return note(`message ${message}`)
  }
  return type === undefined ? value : wrap(value['_airbyte_data'] ?? value, type)
}

/** An object with `data` is an item already. */
const wrap = (value: unknown, type: ItemType): unknown =>
  isObject(value) && isObject(value['data'])
    ? { ...value, meta: value['meta'] ?? { type } }
    : { data: value, meta: { type } }

/** What the records of a connector's stream are. */
export function typeOfStream(name: unknown): ItemType | undefined {
  if (typeof name !== 'string') return undefined
  const plain = name.toLowerCase()
  return plurals[plain] ?? itemTypes.find((type) => plain === type || plain === `${type}s`)
}
