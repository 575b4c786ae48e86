import type { QueuedVisit } from '@doorstep/client/queue'
import type { Customer } from '@doorstep/contract/customers'
import type { LeadChange } from '@doorstep/contract/leads'
import type { VisitDraft } from '@doorstep/contract/visits'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** Whom a visit is to, as the person knew the customer when logging it. */
export interface NamedCustomer {
  readonly name: string
  readonly address: string | null
}

/** A visit that waits. `order` tells apart visits of one millisecond. */
export interface OutboxRow extends QueuedVisit {
  readonly order: number
  /** Whether sending it has begun, so that the server may have it. */
  readonly isAttempted?: boolean
  /** It was given up after that: it is shown no more, and to be removed from the server. */
  readonly isTakenBack?: boolean
  /** The server did not remove it, which has yet to be said. */
  readonly isNotRemoved?: boolean
}

/** A visit that is being written, kept while its sheet is closed. */
export interface LogDraft {
  readonly resourceType: VisitDraft['resource_type'] | null
  readonly resourceId: number | null
  readonly outcomeId: number | null
  readonly note: string
  /** Why the phone is far from the customer. */
  readonly reason: string | null
  /** When it was last changed, in ms. */
  readonly at: number
}

/** How far the customers on this phone are those of the server. */
export interface SyncState {
  /** When the last walk that reached its end began, by the server's clock. ISO 8601. */
  readonly began: string | null
  /** When all customers were last read, in ms. */
  readonly wholeAt: number
  /** Around which place those near were read then; null: none was known. */
  readonly place: LastPlace | null
}

/** Where the phone was when it last looked, to about a kilometre. */
export interface LastPlace {
  readonly latitude: number
  readonly longitude: number
}

/** What was sent of a new lead, whose answer may have been lost. */
export interface LeadAttempt {
  /** The idempotency key. */
  readonly key: string
  readonly lead: LeadChange
}

/** A lead that is being written, kept until the server has it. */
export interface LeadDraft extends LastPlace {
  /** When it was begun, in ms, by which it is known. */
  readonly begunAt: number
  readonly name: string
  readonly address: string
  readonly phone: string
  readonly note: string
  /** Undefined: the server has not been asked, or said no. */
  readonly attempt?: LeadAttempt | undefined
}

interface Schema extends DBSchema {
  /** Never recreated by an upgrade: it holds the only copy of what has not been sent. */
  outbox: { key: string; value: OutboxRow; indexes: { order: number } }
  /** Keys as `lead:12`. */
  names: { key: string; value: NamedCustomer }
  /** Keys as `lead:12`. */
  drafts: { key: string; value: LogDraft }
  /** Own customers and those near. Keys as `lead:12`. */
  records: { key: string; value: Customer }
  /** What else screens show without a network, by name. */
  facts: { key: string; value: unknown }
}

export type Database = IDBPDatabase<Schema>

/** The key of a lead or contact. */
export const recordKey = (type: string, id: number): string => `${type}:${id}`

/**
 * Opens what this browser holds for one person. Other people on the same phone see nothing of it.
 * `onOutdated` is called once another tab has a newer version of the app, which this one has to give way
 * to; it throws a VersionError if that has happened before.
 */
export const openDatabase = (
  accountId: number,
  userId: number,
  onOutdated: () => void,
): Promise<Database> =>
  openDB<Schema>(`doorstep-${accountId}-${userId}`, 1, {
    upgrade(database) {
      const names = database.objectStoreNames
      if (!names.contains('outbox')) {
        database.createObjectStore('outbox', { keyPath: 'key' }).createIndex('order', 'order')
      }
      for (const name of ['names', 'drafts', 'records', 'facts'] as const) {
        if (!names.contains(name)) database.createObjectStore(name)
      }
    },
    blocking(_current, _blocked, event) {
      const { target } = event
      // Whoever has something to write begins it first: closing waits for it.
      setTimeout(() => {
        if (target instanceof IDBDatabase) target.close()
      })
      onOutdated()
    },
  })
