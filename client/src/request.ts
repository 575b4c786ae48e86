import type { getSession } from '@doorstep/contract/sessions'

import {
  type BrowserSession,
  type Call,
  type CallOptions,
  type Connection,
  matchHeader,
  type MatchOptions,
} from './connection.ts'
import {
  DoorstepError,
  NetworkError,
  NotFoundError,
  ServerError,
  UnauthorizedError,
} from './errors.ts'
import { answerFailure, networkFailure } from './failures.ts'
import { isRecord, parseJson } from './json.ts'
import { printQuery, type QueryValues } from './query.ts'
import { retrying } from './retry.ts'
import { etagOf, noteTag } from './tags.ts'

/**
 * Reads one object or page, with retries. Throws a DoorstepError.
 *
 * NOTE: only the envelope of the answer is checked. The server promises that it is an `Answer`:
 * checking all of it would need the schema library, and the client must not load any package.
 */
export async function get<Answer>(
  connection: Connection,
  path: string,
  query: QueryValues = {},
  options: CallOptions = {},
): Promise<Answer> {
  const { cache } = connection
  const address = `${path}${printQuery(query)}`
  const call: Call = { method: 'GET', path, query, known: cache.find(address) }
  const answer = await send<Answer & object>(connection, call, options)
  cache.keep(address, answer)
  return answer
}

/**
 * Like `get`, for a call that changes one object. It is retried only if it is idempotent: a PUT, or
 * a POST with an idempotency key.
 */
export async function send<Answer>(
  connection: Connection,
  call: Call,
  { signal }: CallOptions = {},
): Promise<Answer> {
  const attempt = async () => {
    const { response, text } = await exchange(connection, call, signal)
    const body = response.status === 304 ? call.known : response.ok ? parseJson(text) : undefined
    if (isAnswer<Answer>(body)) {
      noteTag(body, response)
      return body
    }
    throw answerFailure(nameOf(call), response, text, connection.timing.now())
  }
  if (!isIdempotent(call)) return attempt()
  return retrying(attempt, connection.retry, connection.timing, signal)
}

const isIdempotent = ({ method, headers }: Call): boolean =>
  method !== 'POST' || headers?.['Idempotency-Key'] !== undefined

/** Makes a call without a body in its answer, and never retries it. Throws a DoorstepError. */
export async function sendOnce(
  connection: Connection,
  call: Call,
  { signal }: CallOptions = {},
): Promise<void> {
  const { response, text } = await exchange(connection, call, signal)
  if (response.status === 204) return
  throw answerFailure(nameOf(call), response, text, connection.timing.now())
}

/** Deletes one object. NotFoundError is thrown, unless an earlier attempt's answer was lost. */
export async function remove(
  connection: Connection,
  path: string,
  { signal, ...match }: MatchOptions = {},
): Promise<void> {
  const headers = matchHeader(match)
  let mayBeDone = false
  const attempt = async () => {
    try {
      await sendOnce(connection, { method: 'DELETE', path, headers }, { signal })
    } catch (error) {
      if (mayBeDone && error instanceof NotFoundError) return
      mayBeDone ||= error instanceof NetworkError || error instanceof ServerError
      throw error
    }
  }
  await retrying(attempt, connection.retry, connection.timing, signal)
}

const sessionPath: typeof getSession.path = '/v2/session'

const nameOf = ({ method, path }: Call): string => `${method} ${path}`

/** Proves that a write with the cookie comes from the server's own page (PROTOCOL 9.5). */
async function csrfHeader(
  connection: Connection,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<{ 'X-CSRF-Token'?: string }> {
  const { browserSession: session } = connection
  if (!session || !needsToken(call)) return {}
  session.csrfToken ??= await readCsrfToken(connection, session, signal)
  return { 'X-CSRF-Token': session.csrfToken }
}

/** Distinguishes the users of a server: users of two accounts can have the same id, or e-mail address. */
export const personOf = ({ id, email, created_at }: Record<string, unknown>): string =>
  `${id} ${email} ${created_at}`

const needsToken = ({ method, needsSession = true }: Call): boolean =>
  method !== 'GET' && needsSession

/** Throws UnauthorizedError if another person has signed in since, as whom nothing may be written. */
async function readCsrfToken(
  connection: Connection,
  session: BrowserSession,
  signal: AbortSignal | undefined,
): Promise<string> {
  const call: Call = { method: 'GET', path: sessionPath }
  const { response, text } = await attemptOf(connection, call, {}, signal)
  const body = response.ok ? parseJson(text) : undefined
  const data = isRecord(body) && isRecord(body.data) ? body.data : {}
  const { csrf_token: token, user } = data
  if (typeof token !== 'string') {
    throw answerFailure(nameOf(call), response, text, connection.timing.now())
  }
  const person = isRecord(user) ? personOf(user) : undefined
  if (session.person !== undefined && person !== session.person) {
    const code = 'unauthorized'
    const details = 'Another person has signed in with this browser.'
    throw new UnauthorizedError({ message: details, status: 401, code, details })
  }
  session.person = person
  return token
}

function knownHeader({ known }: Call): { 'If-None-Match'?: string } {
  const tag = known && etagOf(known)
  return tag === undefined ? {} : { 'If-None-Match': tag }
}

interface Exchange {
  readonly response: Response
  readonly text: string
}

/**
 * Sends one request and reads its complete answer. If another tab has started a new session, whose
 * token is another, it is sent again with that one.
 */
async function exchange(
  connection: Connection,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  signal?.throwIfAborted()
  const csrf = await csrfHeader(connection, call, signal)
  const answered = await attemptOf(connection, call, csrf, signal)
  const { browserSession: session } = connection
  const before = csrf['X-CSRF-Token']
  if (answered.response.status !== 403 || !session || before === undefined) return answered
  // Another call may have read it meanwhile.
  if (session.csrfToken === before) {
    session.csrfToken = await readCsrfToken(connection, session, signal)
  }
  if (session.csrfToken === before) return answered
  return attemptOf(connection, call, await csrfHeader(connection, call, signal), signal)
}

async function attemptOf(
  connection: Connection,
  call: Call,
  csrf: { 'X-CSRF-Token'?: string },
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  const { url, headers, fetch, timeoutMs } = connection
  const answerMs = timeoutMs + (call.waitMs ?? 0)
  const timeout = AbortSignal.timeout(Math.ceil(answerMs))
  try {
    const { method, path, query = {} } = call
    const data = typeof call.data === 'function' ? call.data() : call.data
    const json = data && { 'Content-Type': 'application/json' }
    const response = await fetch(`${url}${path}${printQuery(query)}`, {
      method,
      headers: { ...headers, ...json, ...csrf, ...knownHeader(call), ...call.headers },
      ...(data && { body: JSON.stringify({ data }) }),
      ...(call.form && { body: call.form }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    return { response, text: await response.text() }
  } catch (cause) {
    signal?.throwIfAborted()
    throw networkFailure(nameOf(call), cause, timeout.aborted ? answerMs : undefined)
  }
}

/** Begins an answer of any length: `timeoutMs` ends with its headers, and so do retries. */
export async function openAnswer(
  connection: Connection,
  path: string,
  query: QueryValues,
  { signal }: CallOptions = {},
): Promise<Response> {
  const { url, headers, fetch, timeoutMs, retry, timing } = connection
  const name = nameOf({ method: 'GET', path })
  const attempt = async () => {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), timeoutMs)
    try {
      const response = await fetch(`${url}${path}${printQuery(query)}`, {
        method: 'GET',
        headers,
        signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      })
      if (response.ok) return response
      throw answerFailure(name, response, await response.text(), timing.now())
    } catch (cause) {
      signal?.throwIfAborted()
      if (cause instanceof DoorstepError) throw cause
      throw networkFailure(name, cause, late.signal.aborted ? timeoutMs : undefined)
    } finally {
      clearTimeout(timer)
    }
  }
  return retrying(attempt, retry, timing, signal)
}

/** `{data, meta}` or `{items, meta}` (PROTOCOL 1.3). */
function isAnswer<Answer>(body: unknown): body is Answer {
  if (!isRecord(body) || !isRecord(body.meta)) return false
  return isRecord(body.data) || Array.isArray(body.items)
}
