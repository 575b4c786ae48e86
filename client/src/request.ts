import { answerFailure, networkFailure } from './failures.ts'
import { isRecord, parseJson } from './json.ts'
import { printQuery, type QueryValues } from './query.ts'
import { type RetryPolicy, retrying } from './retry.ts'
import type { Timing } from './timing.ts'

/** The part of the platform's `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface CallOptions {
  /** Ends the call, its waits too; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** A server and how to talk to it. */
export interface Connection {
  /** Without a slash at its end. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly fetch: Fetch
  /** For one attempt, until its body has been read. */
  readonly timeoutMs: number
  readonly retry: RetryPolicy
  readonly timing: Timing
}

/**
 * Asks for one object or page, again if it has to. Throws a DoorstepError.
 *
 * NOTE Of the answer only the envelope is checked. That it is an `Answer` is the server's promise:
 * checking all of it would take the schema library, and the client is to load nothing.
 */
export async function get<Answer>(
  connection: Connection,
  path: string,
  query: QueryValues = {},
  { signal }: CallOptions = {},
): Promise<Answer> {
  const search = printQuery(query)
  return retrying(
    () => attempt<Answer>(connection, path, search, signal),
    connection.retry,
    connection.timing,
    signal,
  )
}

async function attempt<Answer>(
  connection: Connection,
  path: string,
  search: string,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { response, text } = await exchange(connection, path, search, signal)
  const body = response.ok ? parseJson(text) : undefined
  if (isAnswer<Answer>(body)) return body
  throw answerFailure(`GET ${path}`, response, text, connection.timing.now())
}

/** One request and its whole answer. */
async function exchange(
  { url, headers, fetch, timeoutMs }: Connection,
  path: string,
  search: string,
  signal: AbortSignal | undefined,
): Promise<{ response: Response; text: string }> {
  signal?.throwIfAborted()
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs))
  try {
    const response = await fetch(`${url}${path}${search}`, {
      headers,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    return { response, text: await response.text() }
  } catch (cause) {
    signal?.throwIfAborted()
    throw networkFailure(`GET ${path}`, cause, timeout.aborted ? timeoutMs : undefined)
  }
}

/** `{data, meta}` or `{items, meta}` (PROTOCOL 1.3). */
function isAnswer<Answer>(body: unknown): body is Answer {
  if (!isRecord(body) || !isRecord(body.meta)) return false
  return isRecord(body.data) || Array.isArray(body.items)
}
