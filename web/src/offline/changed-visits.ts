import { DoorstepError } from '@doorstep/client/errors'
import { newIdempotencyKey } from '@doorstep/client/idempotency-keys'
import { isTransient } from '@doorstep/client/retry'
import type { Visits } from '@doorstep/client/visits'
import type { Visit, VisitChange } from '@doorstep/contract/visits'

import type { Database } from './database.ts'

/** What is to change of a visit that the server has. */
export interface ChangedVisit {
  readonly id: number
  readonly change: Pick<VisitChange, 'outcome_id' | 'summary'>
  /** Whether a review is asked for. */
  readonly isAsking: boolean
  /** What the server said to it; it is sent again after the next change. */
  readonly problem: string | null
  /** Another for each change. */
  readonly write: string
}

interface Sending {
  readonly database: Database
  readonly client: { readonly visits: Pick<Visits, 'update' | 'review'> }
  /** Called with what the server has accepted. */
  readonly onSaved: (id: number, saved: Partial<Visit>) => void
}

const prefix = 'visit '
const keyOf = (id: number): string => prefix + String(id)
const isChanged = (value: unknown): value is ChangedVisit =>
  typeof value === 'object' && value !== null && 'change' in value && 'isAsking' in value

/** The changes that wait, also those that the server refused. */
export async function readChangedVisits(database: Database): Promise<ChangedVisit[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  return (await database.getAll('facts', range)).filter(isChanged)
}

/** Adds to what is to change of a visit, and clears what the server said to it. */
export async function addVisitChange(
  database: Database,
  id: number,
  what: Partial<Pick<ChangedVisit, 'change' | 'isAsking'>>,
): Promise<void> {
  const write = newIdempotencyKey()
  const transaction = database.transaction('facts', 'readwrite')
  const value = await transaction.store.get(keyOf(id))
  const before = isChanged(value) ? value : { id, change: {}, isAsking: false }
  const change = { ...before.change, ...what.change }
  await transaction.store.put({ ...before, ...what, change, problem: null, write }, keyOf(id))
  await transaction.done
}

/** Gives up what was to change of a visit. */
export const deleteVisitChange = (database: Database, id: number): Promise<void> =>
  database.delete('facts', keyOf(id))

/** Replaces what was sent, or removes it, unless it was changed meanwhile: that is sent next. */
async function settle(database: Database, sent: ChangedVisit, by?: ChangedVisit): Promise<void> {
  const transaction = database.transaction('facts', 'readwrite')
  const now = await transaction.store.get(keyOf(sent.id))
  if (isChanged(now) && now.write === sent.write) {
    await (by
      ? transaction.store.put(by, keyOf(sent.id))
      : transaction.store.delete(keyOf(sent.id)))
  }
  await transaction.done
}

/** Whether the server itself said no to it, so that it would say so again. */
const isRefusal = ({ status = 0, errors }: DoorstepError): boolean =>
  status >= 400 && status < 500 && status !== 401 && errors.length > 0

/** Sends a change. False: there is no point in sending the next. */
export async function sendVisitChange(
  { database, client, onSaved }: Sending,
  changed: ChangedVisit,
): Promise<boolean> {
  const { id, change, isAsking } = changed
  try {
    if (Object.keys(change).length > 0) {
      const { outcome_id, summary, updated_at } = (await client.visits.update(id, change)).data
      onSaved(id, { outcome_id, summary, updated_at })
    }
    if (isAsking) {
      const { state, note, by, at } = (await client.visits.review(id, { state: 'asked' })).data
      onSaved(id, { review: { state, note, by, at } })
    }
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error
    // NOTE: this visit alone may cause a 500, so it must not hold up the others.
    if (isTransient(error) || !isRefusal(error)) return error.status === 500
    await settle(database, changed, { ...changed, problem: error.message })
    return true
  }
  await settle(database, changed)
  return true
}
