import { ForbiddenError, PreconditionFailedError } from '@doorstep/client/errors'

import { type CustomerKey, type RecordChange, updateRecord } from '../api/customers.ts'
import { renewPlaces } from '../api/renew-places.ts'
import { offerUndo, say } from '../parts/toasts.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'

const words = texts.customer

/** Why a change was not made, in a sentence; `otherwise` where nothing better is known. */
export function whyNot(error: unknown, otherwise: string): string {
  if (error instanceof PreconditionFailedError) return words.stale
  if (error instanceof ForbiddenError) return words.forbidden
  return problemOf(error, otherwise)
}

interface Change {
  readonly change: RecordChange
  /** What takes it back; undefined: nothing may. */
  readonly back?: RecordChange | undefined
  readonly done: string
  readonly failed: string
}

/** Changes a record at once and offers to take it back. Answers whether it was changed. */
export async function changeCustomer(
  key: CustomerKey,
  { change, back, done, failed }: Change,
): Promise<boolean> {
  try {
    await updateRecord(key, change)
  } catch (error) {
    void renewPlaces()
    say(whyNot(error, failed))
    return false
  }
  const undo = () =>
    void changeBack(key, back ?? {}).catch((error: unknown) => say(whyNot(error, failed)))
  if (back) offerUndo(done, undo)
  else say(done)
  return true
}

async function changeBack(key: CustomerKey, back: RecordChange): Promise<void> {
  await updateRecord(key, back)
}
