import { createHash } from 'node:crypto'

import type { Viewer } from '../../domain/actor.ts'
import { type CustomerKey, type CustomerOrder, customerSources } from '../../domain/customers.ts'

/** What a cursor belongs to: one viewer's list with these parameters. */
export interface WalkedList {
  readonly viewer: Viewer
  readonly order: CustomerOrder
  readonly filters: object
}

/** The row and the list as one text. It tells nothing that was not answered, so it is no secret. */
export const printCursor = (list: WalkedList, { at, source, id }: CustomerKey): string =>
  Buffer.from(JSON.stringify([digestOf(list), at, source, id])).toString('base64url')

/** undefined: it is no cursor of this list. */
export function parseCursor(list: WalkedList, text: string): CustomerKey | undefined {
  const parts = parse(Buffer.from(text, 'base64url').toString())
  if (!Array.isArray(parts)) return undefined
  const [digest, at, source, id]: unknown[] = parts
  const isOfList = digest === digestOf(list)
  if (!isOfList || typeof at !== 'number' || typeof source !== 'number') return undefined
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return undefined
  const isPossible = list.order === 'distance' ? Number.isFinite(at) : Number.isSafeInteger(at)
  return isPossible && source in customerSources ? { at, source, id } : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const digestOf = ({ viewer, filters }: WalkedList): string =>
  createHash('sha256')
    .update(JSON.stringify([viewer.userId, Object.entries(filters).toSorted()]))
    .digest('base64url')
    .slice(0, 16)
