import type { VisitDraft, VisitItem } from '@doorstep/contract/visits'

import type { CallOptions } from './connection.ts'
import { DoorstepError, type ErrorEntry, InsufficientScopeError } from './errors.ts'
import { newIdempotencyKey } from './idempotency-keys.ts'
import { isTransient } from './retry.ts'
import type { Visits } from './visits.ts'

/** A visit that waits to be sent. It is plain data, so any storage can hold it. */
export interface QueuedVisit {
  /** The idempotency key, the same on every attempt. */
  readonly key: string
  readonly draft: VisitDraft
  /** ISO 8601. */
  readonly addedAt: string
  /** Why the server rejected it. It is not sent again until `revise`. */
  readonly refusal?: Refusal
}

export interface Refusal {
  readonly status: number
  readonly code: string
  readonly details: string
  readonly requestId?: string
  /** One for each rejected attribute, with its JSON pointer in `field`. */
  readonly errors: readonly ErrorEntry[]
}

/** Stores the queue. Only one queue at a time may use it: tabs must agree on which. */
export interface QueueStorage {
  load(): Promise<readonly QueuedVisit[]>
  /** Replaces the stored list, which is durable when this resolves. */
  save(list: readonly QueuedVisit[]): Promise<void>
}

export interface QueueOptions {
  readonly client: { readonly visits: Pick<Visits, 'create'> }
  readonly storage: QueueStorage
  /**
   * Called before each attempt. False: the visit is not sent, because it was removed from the storage
   * by other means.
   */
  readonly onAttempt?: ((visit: QueuedVisit) => Promise<boolean>) | undefined
  /** Called with the whole queue after every change. */
  readonly onChange?: ((list: readonly QueuedVisit[]) => void) | undefined
}

/** The result of a flush. */
export interface Flushed {
  /** The visits as the server logged them, in order. */
  readonly sent: readonly VisitItem[]
  /** How many visits the server rejected in this flush. */
  readonly refused: number
  /** Why some visits still wait; undefined if none does. */
  readonly error: DoorstepError | undefined
}

/** Visits logged offline, to be sent when there is a connection. None is ever dropped. */
export interface Queue {
  /** All stored visits, oldest first, including rejected ones. */
  list(): Promise<readonly QueuedVisit[]>

  /** Stores a visit, which is safe when this resolves. Only a flush sends it. */
  add(draft: VisitDraft): Promise<QueuedVisit>

  /**
   * Sends the waiting visits, in order. A visit leaves the queue when the server has it. A rejected
   * visit is marked, and the next one is sent; what a proxy rejects only waits. The flush ends early
   * if sending is useless now (no connection, too many requests, an invalid token). While a flush
   * runs, another call joins it. Throws the signal's reason, and any error of the storage.
   */
  flush(options?: CallOptions): Promise<Flushed>

  /** Replaces a visit, in its place, by a new draft with a new key. False if there is none. */
  revise(key: string, draft: VisitDraft): Promise<boolean>

  /** Removes a visit without sending it, on a person's request. False if there is none. */
  discard(key: string): Promise<boolean>
}

export function createQueue({ client, storage, onAttempt, onChange }: QueueOptions): Queue {
  let stored: readonly QueuedVisit[] | undefined
  let last: Promise<unknown> = Promise.resolve()
  let flushing: Promise<Flushed> | undefined

  /** Runs the work after all earlier work, even if that failed. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(work, work)
    last = done
    return done
  }

  const list = () => inTurn(async () => (stored ??= await storage.load()))

  /** A change that cannot be saved leaves the queue unchanged. */
  const change = (edit: (list: readonly QueuedVisit[]) => readonly QueuedVisit[]) =>
    inTurn(async () => {
      const next = edit((stored ??= await storage.load()))
      await storage.save(next)
      stored = next
      onChange?.(next)
    })

  const replace = (key: string, ...by: readonly QueuedVisit[]) =>
    change((current) => current.flatMap((each) => (each.key === key ? by : each)))

  return {
    list,
    async add(draft) {
      const entry = entryOf(draft)
      await change((current) => [...current, entry])
      return entry
    },
    flush: ({ signal } = {}) => {
      flushing ??= sendAll({ client, onAttempt }, { list, replace }, signal).finally(() => {
        flushing = undefined
      })
      return flushing
    },
    async revise(key, draft) {
      const known = (await list()).find((each) => each.key === key)
      if (known) await replace(key, { ...entryOf(draft), addedAt: known.addedAt })
      return known !== undefined
    },
    async discard(key) {
      const isKnown = (await list()).some((each) => each.key === key)
      if (isKnown) await replace(key)
      return isKnown
    },
  }
}

interface Stored {
  list(): Promise<readonly QueuedVisit[]>
  replace(key: string, ...by: readonly QueuedVisit[]): Promise<void>
}

/** Sends each waiting visit once, in order. */
async function sendAll(
  { client, onAttempt }: Pick<QueueOptions, 'client' | 'onAttempt'>,
  { list, replace }: Stored,
  signal: AbortSignal | undefined,
): Promise<Flushed> {
  const sent: VisitItem[] = []
  const tried = new Set<string>()
  let refused = 0
  let error: DoorstepError | undefined
  for (;;) {
    signal?.throwIfAborted()
    const next = (await list()).find(({ key, refusal }) => !refusal && !tried.has(key))
    if (!next) return { sent, refused, error }
    const { key, draft } = next
    tried.add(key)
    if (onAttempt && !(await onAttempt(next))) continue
    try {
      const item = await client.visits.create(draft, { idempotencyKey: key, signal })
      sent.push(item)
    } catch (thrown) {
      if (!(thrown instanceof DoorstepError)) throw thrown
      const refusal = refusalOf(thrown)
      if (refusal) {
        refused++
        await replace(key, { ...next, refusal })
        continue
      }
      error = thrown
      // NOTE: this visit alone may cause the failure, so it must not hold up the others.
      if (thrown.status === 500 || isFromProxy(thrown)) continue
      return { sent, refused, error }
    }
    await replace(key)
  }
}

/**
 * Every attempt must send the same body, so the time is that of adding, not of sending. Only
 * `sent_at` differs between attempts.
 */
function entryOf(draft: VisitDraft): QueuedVisit {
  const addedAt = new Date().toISOString()
  const isTimed = draft.visited_at !== undefined || draft.device?.captured_at !== undefined
  const timed = isTimed ? draft : { ...draft, visited_at: addedAt }
  return { key: newIdempotencyKey(), draft: timed, addedAt }
}

/** What a proxy did not let through; of a token or of too many requests it may also speak. */
const isFromProxy = ({ status, errors }: DoorstepError): boolean =>
  errors.length === 0 && (status === 403 || status === 404 || status === 413)

/** A 4xx of the API that a retry would get again, unless it is about the connection or the token. */
export function refusalOf(error: DoorstepError): Refusal | undefined {
  const { status, code, details, requestId, errors } = error
  if (status === undefined || status < 400 || status >= 500 || errors.length === 0) return undefined
  if (isTransient(error) || error instanceof InsufficientScopeError) return undefined
  if (status === 401 || status === 407 || status === 408) return undefined
  return { status, code, details, ...(requestId !== undefined && { requestId }), errors }
}

/** A storage in memory, for tests. */
export function memoryStorage(initial: readonly QueuedVisit[] = []): QueueStorage {
  let stored = initial
  return {
    load: async () => stored,
    save: async (list) => {
      stored = structuredClone([...list])
    },
  }
}
