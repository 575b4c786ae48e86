import type { VisitDraft, VisitItem } from '@doorstep/contract/visits'

import { DoorstepError, type ErrorEntry, InsufficientScopeError } from './errors.ts'
import { newIdempotencyKey } from './idempotency-keys.ts'
import type { CallOptions } from './request.ts'
import { isTransient } from './retry.ts'
import type { Visits } from './visits.ts'

/** A visit that waits to be sent. Plain data, so that any storage can keep it. */
export interface QueuedVisit {
  /** Its idempotency key: the same on every attempt. */
  readonly key: string
  readonly draft: VisitDraft
  /** ISO 8601. */
  readonly addedAt: string
  /** Why the server refused it: it is not sent again until a person has looked at it. */
  readonly refusal?: Refusal
}

export interface Refusal {
  readonly status: number
  readonly code: string
  readonly details: string
  readonly requestId?: string
  /** One for each attribute that was refused, with its JSON pointer in `field`. */
  readonly errors: readonly ErrorEntry[]
}

/** Where the queue is kept. One queue at a time may use it: tabs have to agree on which. */
export interface QueueStorage {
  load(): Promise<readonly QueuedVisit[]>
  /** Replaces what is kept; durable when it resolves. */
  save(list: readonly QueuedVisit[]): Promise<void>
}

export interface QueueOptions {
  readonly client: { readonly visits: Pick<Visits, 'create'> }
  readonly storage: QueueStorage
  /** Called with the whole queue after every change of it. */
  readonly onChange?: ((list: readonly QueuedVisit[]) => void) | undefined
}

/** What came of a flush. */
export interface Flushed {
  /** The visits as the server has logged them, in their order. */
  readonly sent: readonly VisitItem[]
  /** How many the server refused in this flush. */
  readonly refused: number
  /** Why some still wait; undefined when none does. */
  readonly error: DoorstepError | undefined
}

/** Visits that are logged without a connection and sent when there is one; none is ever dropped. */
export interface Queue {
  /** All that is kept, oldest first, refused ones too. */
  list(): Promise<readonly QueuedVisit[]>

  /** Keeps a visit; it is safe when this resolves, and sent by a flush only. */
  add(draft: VisitDraft): Promise<QueuedVisit>

  /**
   * Sends what waits, in order. A visit leaves the queue when the server has it; one that is refused
   * is marked, and the next one is sent. It ends where sending has no use now (no connection, too
   * many requests, a token that is not taken). While one runs, another call is the same flush.
   * Throws the signal's reason, and what the storage throws.
   */
  flush(options?: CallOptions): Promise<Flushed>

  /** Puts a visit back in its place with a new draft and a new key. False when it is not there. */
  revise(key: string, draft: VisitDraft): Promise<boolean>

  /** Gives up a visit, because a person said so. False when it is not there. */
  discard(key: string): Promise<boolean>
}

export function createQueue({ client, storage, onChange }: QueueOptions): Queue {
  let kept: readonly QueuedVisit[] | undefined
  let last: Promise<unknown> = Promise.resolve()
  let flushing: Promise<Flushed> | undefined

  /** One after the other, whatever came of the one before. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(work, work)
    last = done
    return done
  }

  const list = () => inTurn(async () => (kept ??= await storage.load()))

  /** A change that cannot be saved has not happened. */
  const change = (edit: (list: readonly QueuedVisit[]) => readonly QueuedVisit[]) =>
    inTurn(async () => {
      const next = edit((kept ??= await storage.load()))
      await storage.save(next)
      kept = next
      onChange?.(next)
    })

  const replace = (key: string, ...by: readonly QueuedVisit[]) =>
    change((current) => current.flatMap((each) => (each.key === key ? by : each)))

  async function flush(signal: AbortSignal | undefined): Promise<Flushed> {
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
        // NOTE: what one visit alone may bring about must not hold up the others.
        if (thrown.status === 500) continue
        return { sent, refused, error }
      }
      await replace(key)
    }
  }

  return {
    list,
    async add(draft) {
      const entry = entryOf(draft)
      await change((current) => [...current, entry])
      return entry
    },
    flush: ({ signal } = {}) => {
      flushing ??= flush(signal).finally(() => {
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

/**
 * What is sent must be the same on every attempt, hence with the time of now, not of sending; only
 * `sent_at` is set by each attempt.
 */
function entryOf(draft: VisitDraft): QueuedVisit {
  const addedAt = new Date().toISOString()
  const isTimed = draft.visited_at !== undefined || draft.device?.captured_at !== undefined
  const timed = isTimed ? draft : { ...draft, visited_at: addedAt }
  return { key: newIdempotencyKey(), draft: timed, addedAt }
}

/** 4xx that would be answered again; not those that are about the connection or the token. */
function refusalOf(error: DoorstepError): Refusal | undefined {
  const { status, code, details, requestId, errors } = error
  if (status === undefined || status < 400 || status >= 500) return undefined
  if (isTransient(error) || error instanceof InsufficientScopeError) return undefined
  if (status === 401 || status === 407 || status === 408) return undefined
  return { status, code, details, ...(requestId !== undefined && { requestId }), errors }
}

/** A storage that forgets with the process, for tests. */
export function memoryStorage(initial: readonly QueuedVisit[] = []): QueueStorage {
  let kept = initial
  return {
    load: async () => kept,
    save: async (list) => {
      kept = structuredClone([...list])
    },
  }
}
