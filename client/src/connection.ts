import type { AnswerCache } from './answer-cache.ts'
import type { QueryValues } from './query.ts'
import type { RetryPolicy } from './retry.ts'
import type { Timing } from './timing.ts'

/** The part of the platform's `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface CallOptions {
  /** Aborts the call, including its waits. The call then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

export interface MatchOptions extends CallOptions {
  /**
   * The ETag of the object as the caller knows it, see `etagOf`. Throws PreconditionFailedError if
   * the object has changed since.
   */
  readonly ifMatch?: string | undefined
}

/** The header of `ifMatch`. */
export const matchHeader = ({ ifMatch }: MatchOptions): { 'If-Match'?: string } =>
  ifMatch === undefined ? {} : { 'If-Match': ifMatch }

/** A server and how to connect to it. */
export interface Connection {
  /** Without a trailing slash. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly fetch: Fetch
  /** Per attempt, until its body has been read. */
  readonly timeoutMs: number
  readonly retry: RetryPolicy
  readonly timing: Timing
  /** The browser's session; undefined: requests carry a token. */
  readonly browserSession: BrowserSession | undefined
  readonly cache: AnswerCache
}

export interface BrowserSession {
  /** For `X-CSRF-Token`; undefined: not requested yet. */
  csrfToken: string | undefined
  /** Whose token that is, and whose writes these are: see `personOf`; undefined: not known yet. */
  person: string | undefined
}

/** One request, independent of its connection. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: QueryValues
  readonly headers?: Readonly<Record<string, string>>
  /** The attributes in the body; a function is called for each attempt. */
  readonly data?: object | (() => object)
  /** Instead of `data`: a form that is sent as multipart/form-data. */
  readonly form?: FormData
  /** How long the server was asked to hold its answer, added to `timeoutMs`. */
  readonly waitMs?: number
  /** Whether a browser's write needs the session's CSRF token; default true. */
  readonly needsSession?: boolean
  /** An earlier answer, which is returned again if the server has no other. */
  readonly known?: object | undefined
}
