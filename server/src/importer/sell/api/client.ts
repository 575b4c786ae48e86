import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

import { isObject } from '../../attributes.ts'
import type { RateBucket } from './rate-bucket.ts'

/** An answer of Sell's that is final: asking again is of no use. */
export class SellRefusal extends Error {
  override readonly name = 'SellRefusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Sell has not answered for as long as we were to try. */
export class SellUnreachable extends Error {
  override readonly name = 'SellUnreachable'
}

export interface SellPage {
  readonly items: readonly unknown[]
  /** The collection's own meta: links, and of a stream the position. */
  readonly meta: Readonly<Record<string, unknown>>
  readonly hasMore: boolean
}

export interface SellOptions {
  readonly baseUrl: string
  readonly token: string
  readonly bucket: RateBucket
  /** For one attempt, its body included. */
  readonly timeoutMs: number
  /** How long one request is tried again before it is given up; waits that Sell asks for beside. */
  readonly patienceMs: number
  /** The first wait; each is twice the one before, at most `waitMaxMs`. */
  readonly waitMs: number
  readonly userAgent: string
}

/** 100 visits with summaries of 10,000 characters that need six bytes each. */
const bodyBytesMax = 16 * 1024 * 1024
const waitMaxMs = 30_000
/** For so long one request waits as often as Sell asks for it. */
const imposedMaxMs = 6 * 3_600_000
const isRepeated = (status: number): boolean =>
  status >= 500 || [408, 409, 425, 429].includes(status)

/** Counts of what was asked and how often again. */
export interface SellTraffic {
  requests: number
  repeated: number
}

/** Sell's API: reads only, at the pace of the bucket, with the patience that a long walk needs. */
export class SellApi {
  readonly traffic: SellTraffic = { requests: 0, repeated: 0 }
  readonly #options: SellOptions

  constructor(options: SellOptions) {
    this.#options = options
  }

  /** SHA-256 of the token, to know it again by. */
  get tokenHash(): string {
    return createHash('sha256').update(this.#options.token).digest('hex')
  }

  /** A collection. Throws SellRefusal, SellUnreachable, or the signal's reason. */
  async list(path: string, params: Params, signal?: AbortSignal): Promise<SellPage> {
    return this.#ask(path, params, signal, toPage)
  }

  async get(path: string, params: Params, signal?: AbortSignal): Promise<unknown> {
    return (await this.#ask(path, params, signal, (body) => ({ body }))).body
  }

  /** `read` answers undefined for what is no such answer at all, which is asked for again. */
  async #ask<Result>(
    path: string,
    params: Params,
    signal: AbortSignal | undefined,
    read: (body: unknown) => Result | undefined,
  ): Promise<Result> {
    const { baseUrl, bucket, patienceMs } = this.#options
    const query = new URLSearchParams(params).toString()
    const url = `${baseUrl}${path}${query === '' ? '' : `?${query}`}`
    // NOTE: what Sell makes us wait, for this request or in the bucket, is not lack of an answer.
    let spentMs = 0
    let imposedMs = 0
    for (let attempt = 0; ; attempt++) {
      await bucket.take(signal)
      this.traffic.requests++
      const sentAt = performance.now()
      const answer = await this.#attempt(url, signal, read)
      if ('result' in answer) return answer.result
      spentMs += performance.now() - sentAt
      if (spentMs > patienceMs || imposedMs > imposedMaxMs) {
        throw new SellUnreachable(`Sell does not answer ${path}: ${answer.why}. Run this again.`)
      }
      this.traffic.repeated++
      const ownMs =
        Math.min(this.#options.waitMs * 2 ** attempt, waitMaxMs) * (0.5 + Math.random() / 2)
      // NOTE: a time that has passed already is no leave to ask at once.
      const isImposed = answer.afterMs !== undefined && answer.afterMs > 0
      const waitMs = isImposed ? answer.afterMs : ownMs
      if (isImposed) imposedMs += waitMs
      else spentMs += waitMs
      // NOTE: 429 is about the token, so that whoever is on the way would be refused too.
      if (answer.isTooFast) bucket.slowDown(waitMs)
      else await pause(waitMs, undefined, { signal })
    }
  }

  async #attempt<Result>(
    url: string,
    signal: AbortSignal | undefined,
    read: (body: unknown) => Result | undefined,
  ): Promise<Attempt<Result>> {
    const { token, timeoutMs, userAgent } = this.#options
    // NOTE: AbortSignal.timeout and .any would hold every answer until its time is over.
    const attempt = new AbortController()
    const giveUp = (): void => attempt.abort(new Error('no answer in time'))
    const stop = (): void => attempt.abort(signal?.reason)
    const timer = setTimeout(giveUp, timeoutMs)
    signal?.addEventListener('abort', stop)
    try {
      const response = await fetch(url, {
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          'User-Agent': userAgent,
        },
        redirect: 'error',
        signal: attempt.signal,
      })
      const text = await readText(response)
      if (response.ok) {
        const result = read(JSON.parse(text))
        return result === undefined ? notOfThisKind : { result }
      }
      if (!isRepeated(response.status)) throw refusal(response.status, text)
      const why = `status ${response.status}`
      const isTooFast = response.status === 429
      return { why, isTooFast, afterMs: retryAfterMs(response.headers.get('retry-after')) }
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof SellRefusal) throw error
      return { why: reasonOf(error), isTooFast: false, afterMs: undefined }
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
  }
}

type Params = Readonly<Record<string, string>>

type Attempt<Result> =
  | { readonly result: Result }
  | { readonly why: string; readonly isTooFast: boolean; readonly afterMs: number | undefined }

const notOfThisKind = { why: 'answered no collection', isTooFast: false, afterMs: undefined }

function toPage(body: unknown): SellPage | undefined {
  const items = isObject(body) ? body['items'] : undefined
  const meta = isObject(body) ? body['meta'] : undefined
  if (!Array.isArray(items) || !isObject(meta)) return undefined
  const links = meta['links']
  return { items, meta, hasMore: isObject(links) && typeof links['next_page'] === 'string' }
}

/** The body, which must not be longer than any answer can be. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw new SellRefusal(200, `${response.url} answers too much`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Seconds or a date, as HTTP has it; at most an hour is waited. */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), 3_600_000)
}

function refusal(status: number, text: string): SellRefusal {
  let told = ''
  try {
    const body: unknown = JSON.parse(text)
    const errors = isObject(body) ? body['errors'] : undefined
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined
    const error = isObject(first) ? first['error'] : undefined
    if (isObject(error)) told = `${String(error['code'])}: ${String(error['details'] ?? '')}`
  } catch {
    // NOTE: Sell's front end answers some errors in HTML, of which the status says enough.
  }
  const hints: Record<number, string> = {
    401: 'the token is not valid',
    403: 'the token may not read this',
    410: 'this position is too old',
  }
  return new SellRefusal(
    status,
    `Sell answered ${status} (${told || (hints[status] ?? 'no reason')})`,
  )
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
