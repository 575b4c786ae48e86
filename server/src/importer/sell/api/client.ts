import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

import { isTooDeep } from '../../../domain/json-depth.ts'
import { isObject } from '../../attributes.ts'
import type { RateBucket } from './rate-bucket.ts'
import { reasonOf, refusal, SellRefusal, SellUnreachable } from './refusals.ts'

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
  /** How long one request is retried before it fails, without the waits that Sell asks for. */
  readonly patienceMs: number
  /** The first wait; each is twice the one before, at most `waitMaxMs`. */
  readonly waitMs: number
  readonly userAgent: string
}

/** 100 visits with summaries of 10,000 characters that need six bytes each. */
const bodyBytesMax = 16 * 1024 * 1024
/** Far above what an item may have, which is rejected by itself. */
const answerDepthMax = 500
const waitMaxMs = 30_000
/** How long one request waits in all because Sell asks for it. */
const imposedMaxMs = 6 * 3_600_000
const isRetried = (status: number): boolean =>
  status >= 500 || [408, 409, 425, 429].includes(status)

/** Requests sent, those that were retries, and how often Sell has asked for a wait, of all at once. */
export interface SellTraffic {
  requests: number
  repeated: number
  waits: number
  waitedMs: number
}

/** Sell's API, read only, at the rate of the bucket. Retries as a long import needs it. */
export class SellApi {
  readonly traffic: SellTraffic = { requests: 0, repeated: 0, waits: 0, waitedMs: 0 }
  #waitingUntil = 0
  readonly #options: SellOptions

  constructor(options: SellOptions) {
    this.#options = options
  }

  /** SHA-256 of the token, to recognise it by. */
  get tokenHash(): string {
    return createHash('sha256').update(this.#options.token).digest('hex')
  }

  /** A collection. Throws SellRefusal, SellUnreachable, or the signal's reason. */
  async list(path: string, params: Params, signal?: AbortSignal): Promise<SellPage> {
    return this.#request(path, params, signal, toPage)
  }

  async get(path: string, params: Params, signal?: AbortSignal): Promise<unknown> {
    return (await this.#request(path, params, signal, (body) => ({ body }))).body
  }

  /** `read` answers undefined for a body of another kind; then the request is retried. */
  async #request<Result>(
    path: string,
    params: Params,
    signal: AbortSignal | undefined,
    read: (body: unknown) => Result | undefined,
  ): Promise<Result> {
    const { baseUrl, bucket, patienceMs } = this.#options
    const query = new URLSearchParams(params).toString()
    const url = `${baseUrl}${path}${query === '' ? '' : `?${query}`}`
    // NOTE: waits that Sell imposes, here or in the bucket, do not count as lack of an answer.
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
        throw new SellUnreachable(
          `Sell does not answer ${path}: ${answer.why}. Run the command again.`,
        )
      }
      this.traffic.repeated++
      const ownMs =
        Math.min(this.#options.waitMs * 2 ** attempt, waitMaxMs) * (0.5 + Math.random() / 2)
      // NOTE: a Retry-After in the past is no permission to retry immediately.
      const isImposed = answer.afterMs !== undefined && answer.afterMs > 0
      const waitMs = isImposed ? answer.afterMs : ownMs
      if (isImposed) imposedMs += waitMs
      else spentMs += waitMs
      // NOTE: 429 is about the token, so the other requests would be refused too.
      if (isImposed || answer.isTooFast) this.#noteWait(waitMs)
      if (answer.isTooFast) bucket.slowDown(waitMs)
      else await pause(waitMs, undefined, { signal })
    }
  }

  #noteWait(waitMs: number): void {
    const now = performance.now()
    const until = Math.max(this.#waitingUntil, now + waitMs)
    if (now >= this.#waitingUntil) this.traffic.waits++
    this.traffic.waitedMs += Math.round(until - Math.max(now, this.#waitingUntil))
    this.#waitingUntil = until
  }

  async #attempt<Result>(
    url: string,
    signal: AbortSignal | undefined,
    read: (body: unknown) => Result | undefined,
  ): Promise<Attempt<Result>> {
    const { token, timeoutMs, userAgent } = this.#options
    // NOTE: AbortSignal.timeout and .any would keep every answer in memory until the timeout.
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
      if (isTooDeep(text, answerDepthMax)) {
        throw new SellRefusal(response.status, 'the answer is nested too deeply')
      }
      if (response.ok) {
        const result = read(JSON.parse(text))
        return result === undefined ? notOfThisKind : { result }
      }
      const isTooFast = response.status === 429 || isHiddenLimit(response.status, text)
      if (!isTooFast && !isRetried(response.status)) throw refusal(response.status, text)
      const why = `status ${response.status}`
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

const notOfThisKind = {
  why: 'the answer is not a collection',
  isTooFast: false,
  afterMs: undefined,
}

/** Now and then Sell reports its rate limit as 404 for the page that describes it. */
const isHiddenLimit = (status: number, text: string): boolean =>
  status === 404 && text.includes('/429.json')

function toPage(body: unknown): SellPage | undefined {
  const items = isObject(body) ? body['items'] : undefined
  const meta = isObject(body) ? body['meta'] : undefined
  if (!Array.isArray(items) || !isObject(meta)) return undefined
  const links = meta['links']
  return { items, meta, hasMore: isObject(links) && typeof links['next_page'] === 'string' }
}

/** The body. Throws SellRefusal for one longer than any valid answer. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > bodyBytesMax)
      throw new SellRefusal(200, `the answer of ${response.url} is too large`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Retry-After in seconds or as a date; at most an hour. */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), 3_600_000)
}
