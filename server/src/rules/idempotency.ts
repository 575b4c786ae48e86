import { DomainError } from '../domain/errors.ts'
import type { Queries, Transaction } from '../domain/store.ts'

/** Identifies a repeated request: the user's idempotency key, and a fingerprint of the request. */
export interface Once {
  readonly key: string
  readonly fingerprint: string
}

/** An answer to a request that may carry an idempotency key. */
export interface OnceAnswer {
  readonly body: string
  /** Whether it is the stored answer to an earlier request. */
  readonly isReplayed: boolean
}

/**
 * Runs the work once per key of a user, and stores its answer in the same transaction. A repeated
 * request gets the stored answer; throws `key_reused` for a different request (PROTOCOL 6.3).
 * Without `once`, or if the work answers undefined, nothing is stored.
 */
export async function answerOnce(
  { idempotency }: Pick<Transaction, 'idempotency'>,
  userId: number,
  once: Once | undefined,
  now: number,
  work: () => Promise<string | undefined>,
): Promise<OnceAnswer> {
  if (!once) return { body: (await work()) ?? '', isReplayed: false }
  const { key, fingerprint } = once
  const stored = await idempotency.find(userId, key)
  if (stored && stored.fingerprint !== fingerprint) throw reused()
  if (stored) return { body: stored.body, isReplayed: true }
  const body = await work()
  if (body === undefined) return { body: '', isReplayed: false }
  await idempotency.add(userId, key, { fingerprint, body }, now)
  return { body, isReplayed: false }
}

/** Whether an answer is stored for the key: checks of a new request do not apply then. */
export const isAnswered = async (
  { idempotency }: Pick<Queries, 'idempotency'>,
  userId: number,
  once: Once | undefined,
): Promise<boolean> =>
  once !== undefined && (await idempotency.find(userId, once.key)) !== undefined

const reused = (): DomainError =>
  new DomainError(
    'key_reused',
    'This Idempotency-Key was used with another body. Use a new key for a new request.',
  )
