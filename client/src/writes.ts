import { type CallOptions, type Connection, type MatchOptions, matchHeader } from './connection.ts'
import { newIdempotencyKey } from './idempotency-keys.ts'
import type { QueryValues } from './query.ts'
import { send } from './request.ts'

export interface KeyOptions extends CallOptions {
  /**
   * 1-128 visible ASCII characters. The same key with the same attributes writes once, however
   * often it is sent within 30 days. The default is a new key, which makes retries of this call
   * safe.
   */
  readonly idempotencyKey?: string | undefined
}

/** POSTs the attributes with an idempotency key and retries. Throws a DoorstepError. */
export function create<Answer>(
  connection: Connection,
  path: string,
  data: object | (() => object),
  query: QueryValues = {},
  { signal, idempotencyKey = newIdempotencyKey() }: KeyOptions = {},
): Promise<Answer> {
  const headers = { 'Idempotency-Key': idempotencyKey }
  return send(connection, { method: 'POST', path, query, headers, data }, { signal })
}

/** POSTs the attributes without retries: the server takes no key. Throws a DoorstepError. */
export function createOnce<Answer>(
  connection: Connection,
  path: string,
  data: object,
  query: QueryValues = {},
  options: CallOptions = {},
): Promise<Answer> {
  return send(connection, { method: 'POST', path, query, data }, options)
}

/**
 * PUTs the attributes and retries. Throws a DoorstepError. With `ifMatch`, a retry after a lost answer
 * throws PreconditionFailedError if the first attempt was carried out.
 */
export function update<Answer>(
  connection: Connection,
  path: string,
  data: object,
  query: QueryValues = {},
  { signal, ...match }: MatchOptions = {},
): Promise<Answer> {
  const headers = matchHeader(match)
  return send(connection, { method: 'PUT', path, query, headers, data }, { signal })
}
