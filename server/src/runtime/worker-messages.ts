import type { AccountKey } from '../domain/accounts.ts'
import type { LastUse } from '../domain/last-uses.ts'

/** What a worker is for. */
export interface WorkerPart {
  /**
   * `equal`: it does everything, as all others do, on one PostgreSQL. Of those on one SQLite, the
   * one `writer` writes and works in the background, and every `reader` hands writes to it.
   */
  readonly role: 'equal' | 'writer' | 'reader'
  /** Of all that the server has started; it makes the first account. */
  readonly isFirst: boolean
  /** Where the writer listens to the readers. */
  readonly socketPath: string
}

/** What the processes of one server tell each other; workers by way of the primary. */
export type WorkerMessage =
  /** A worker can be told its part. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'part'; readonly part: WorkerPart }
  /** It answers on the port. */
  | { readonly kind: 'ready'; readonly url: string }
  /** It is to end what it has begun, and then itself. */
  | { readonly kind: 'stop' }
  /** To the writer: no reader is left. */
  | { readonly kind: 'alone' }
  /** Of a reader, for the writer. */
  | { readonly kind: 'last uses'; readonly account: AccountKey; readonly uses: readonly LastUse[] }
  /** Of the writer, for readers: events of these accounts were committed. */
  | { readonly kind: 'appended'; readonly accounts: readonly AccountKey[] }
  /** Of any, for all others: requests that were counted. */
  | { readonly kind: 'spent'; readonly spent: readonly (readonly [string, number])[] }

const kinds: ReadonlySet<unknown> = new Set<WorkerMessage['kind']>([
  'hello',
  'part',
  'ready',
  'stop',
  'alone',
  'last uses',
  'appended',
  'spent',
])

/** Only processes of this server have the channel; what is not theirs is Node's own. */
export const isWorkerMessage = (message: unknown): message is WorkerMessage =>
  typeof message === 'object' && message !== null && 'kind' in message && kinds.has(message.kind)
