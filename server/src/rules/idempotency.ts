import { DomainError } from '../domain/errors.ts'
import type { Queries, Transaction } from '../domain/store.ts'

/** By what a repeated request is known: the user's key, and what was asked for under it. */
export interface Once {
  readonly key: string
  readonly fingerprint: string
}

export interface OnceAnswer {
  readonly body: string
  /** Whether it is the first answer again. */
  readonly isReplayed: boolean
}

/**
 * Does the work once for each key of the user: who asks again for the same gets the first answer,
 * who asks for something else gets `key_reused` (PROTOCOL 6.3). The answer is kept in the
 * transaction that does the work; without `once` none is, nor where the work has no answer.
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
  const kept = await idempotency.find(userId, key)
  if (kept && kept.fingerprint !== fingerprint) throw reused()
  if (kept) return { body: kept.body, isReplayed: true }
  const body = await work()
  if (body === undefined) return { body: '', isReplayed: false }
  await idempotency.add(userId, key, { fingerprint, status: 200, body }, now)
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
