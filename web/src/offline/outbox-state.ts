import type { Flushed } from '@doorstep/client/queue'
import type { Visits } from '@doorstep/client/visits'

import type { CustomerKey } from '../api/customers.ts'
import type { Database, NamedCustomer, OutboxRow } from './database.ts'

export interface OutboxState {
  /** Oldest first, also those that the server refused, without those that were taken back. */
  readonly rows: readonly OutboxRow[]
  /** Whether a tab is sending. */
  readonly isSending: boolean
  /** Why visits still wait after the last attempt to send them. */
  readonly error: Flushed['error']
}

/** What an outbox needs, and whom it informs. */
export interface OutboxOptions {
  readonly database: Database
  readonly client: { readonly visits: Pick<Visits, 'create' | 'remove'> }
  /** Whether the session is still that of whoever logged the visits; asks the server. */
  readonly isTheirs: (signal: AbortSignal) => Promise<boolean>
  /** Called in the tab that sent visits, or took one back, with their customers, each once. */
  readonly onSent: (customers: readonly CustomerKey[]) => void
  readonly onError: (error: NonNullable<Flushed['error']>) => void
  /** Called with the customers of visits that were taken back, and that the server did not remove. */
  readonly onNotRemoved: (customers: readonly NamedCustomer[]) => void
}

/**
 * What became of a visit that was taken back. `later`: it may have been sent, and is removed once the
 * server answers; `refused`: the server has it and does not remove it; `gone`: there is none.
 */
export type TakenBack = 'done' | 'later' | 'refused' | 'gone'
