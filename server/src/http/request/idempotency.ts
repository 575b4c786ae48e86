import { hash } from 'node:crypto'

import { idempotencyKeyLengthMax } from '@doorstep/contract/limits'
import type { Operation } from '@doorstep/contract/operations'
import type { FastifyRequest } from 'fastify'

import type { Queries, Transaction } from '../../domain/store.ts'
import { answerOnce, isAnswered, type Once, type OnceAnswer } from '../../rules/idempotency.ts'
import { apiError, type ApiError } from '../errors.ts'
import { isPlainObject } from './body.ts'
import type { Call } from './call.ts'

const keyPattern = new RegExp(`^[\\x21-\\x7e]{1,${idempotencyKeyLengthMax}}$`)

/** Keys whose first request is running in this process. */
const running = new Set<string>()

/**
 * Runs `check`, which throws the problems, then `work`, in one transaction. The check runs in a
 * read snapshot first, so that a refusal takes no write turn.
 */
export async function writeChecked<Checked, Result>(
  { store, actor }: Pick<Call<Operation>, 'store' | 'actor'>,
  check: (queries: Queries) => Promise<Checked>,
  work: (tx: Transaction, checked: Checked) => Promise<Result>,
): Promise<Result> {
  await store.read(actor.accountKey, check)
  return store.write(actor.accountKey, async (tx) => work(tx, await check(tx)))
}

/**
 * Does what `writeChecked` does, once for each `Idempotency-Key`. A request that repeats the key
 * and the body gets the first answer again, byte for byte (PROTOCOL 6.3). Attributes that the
 * operation names in `beyondKey` may differ. The transaction that does the work stores its answer;
 * failures are not stored.
 */
export const writeOnce = <Checked>(
  call: OnceCall & Pick<Call<Operation>, 'store' | 'clock'>,
  check: (queries: Queries) => Promise<Checked>,
  work: (tx: Transaction, checked: Checked) => Promise<string>,
): Promise<string> =>
  withKey(call, async (once) => {
    const { store, actor, clock } = call
    await store.read(actor.accountKey, async (queries) => {
      if (!(await isAnswered(queries, actor.userId, once))) await check(queries)
    })
    return store.write(actor.accountKey, (tx) =>
      answerOnce(tx, actor.userId, once, clock(), async () => work(tx, await check(tx))),
    )
  })

type OnceCall = Pick<Call<Operation>, 'operation' | 'actor' | 'request' | 'reply'>

/** As `writeOnce`, for a `write` that calls `answerOnce` in a transaction of its own. */
export async function withKey(
  { operation, actor, request, reply }: OnceCall,
  write: (once: Once | undefined) => Promise<OnceAnswer>,
): Promise<string> {
  const key = readKey(request.headers['idempotency-key'])
  if (key === undefined) return (await write(undefined)).body
  const name = `${actor.accountKey} ${actor.userId} ${key}`
  if (running.has(name)) throw inProgress()
  running.add(name)
  try {
    const fingerprint = fingerprintOf(request, operation.beyondKey ?? [])
    const { body, isReplayed } = await write({ key, fingerprint })
    if (isReplayed) reply.header('Idempotency-Replayed', 'true')
    return body
  } finally {
    running.delete(name)
  }
}

function readKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && keyPattern.test(header)) return header
  const details = `Idempotency-Key must be 1 to ${idempotencyKeyLengthMax} visible ASCII characters.`
  throw apiError('invalid_header', 'invalid header', details)
}

function fingerprintOf(
  { method, url, body }: Pick<FastifyRequest, 'method' | 'url' | 'body'>,
  beyondKey: readonly string[],
): string {
  const compared = beyondKey.reduce(
    (rest, pointer) => without(rest, `data${pointer}`.split('/')),
    body,
  )
  return hash('sha256', JSON.stringify([method, url, compared]))
}

/** A copy of the value without the member at this path; the value itself if it has none. */
function without(value: unknown, [name, ...path]: readonly string[]): unknown {
  if (!isPlainObject(value)) return value
  const members = Object.entries(value)
  const member = members.find(([key]) => key === name)
  if (!member) return value
  const rest = path.length === 0 ? undefined : without(member[1], path)
  if (path.length > 0 && rest === member[1]) return value
  return Object.fromEntries(
    members.flatMap(([key, each]) => {
      if (key !== name) return [[key, each]]
      return path.length === 0 ? [] : [[key, rest]]
    }),
  )
}

const inProgress = (): ApiError =>
  apiError(
    'request_in_progress',
    'request in progress',
    'The first request with this Idempotency-Key is still running. Try again shortly.',
    { 'Retry-After': '1' },
  )
