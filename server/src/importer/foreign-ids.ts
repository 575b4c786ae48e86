import { Rejection } from './attributes.ts'
import type { SellObject } from './sell-items.ts'

/**
 * Throws Rejection for an object with an id that this server gives: it would replace, now or later,
 * what was created here (PROTOCOL 1.10). `firstLocalId`: the account's first one.
 */
export function requireForeignIds({ kind, object }: SellObject, firstLocalId: number): void {
  requireForeign('/data/id', object.id, firstLocalId)
  // An outcome that only the stream has named is stored under the id that the stream gives.
  if (kind !== 'visit' || !object.outcome) return
  requireForeign('/data/outcome/id', object.outcome.id, firstLocalId)
}

function requireForeign(field: string, id: number, firstLocalId: number): void {
  if (id < firstLocalId) return
  const why = `must be below ${firstLocalId}, the first id that is given here (FIRST_LOCAL_ID)`
  throw new Rejection(field, why)
}
