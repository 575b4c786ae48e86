import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Queries, Store, Transaction } from '../domain/store.ts'
import { accountReads, accountWrites } from './accounts.ts'
import { PendingEvents, StreamWrites } from './append-events.ts'
import { checkStore } from './check.ts'
import type { Database, Reader, SqlTransaction } from './database.ts'
import { eventReads } from './events.ts'
import { idempotencyQueries, idempotencyReads, idempotencyWrites } from './idempotency.ts'
import { importReads, importWrites } from './imports/imports.ts'
import { keepLastUses } from './people/last-uses.ts'
import { oauthReads, oauthWrites } from './people/oauth.ts'
import { cacheSenders } from './people/sender-cache.ts'
import { keepSecret, sessionReads, sessionWrites } from './people/sessions.ts'
import { tokenReads, tokenWrites } from './people/tokens.ts'
import { userQueries, userReads, userWrites } from './people/users.ts'
import { rateBuckets } from './rate-buckets.ts'
import { geocodingReads, geocodingWrites } from './records/geocoding.ts'
import { pinChangeQueries, pinChangeReads, pinChangeWrites } from './records/pin-changes.ts'
import { recordQueries, recordReads, recordWrites } from './records/records.ts'
import { openSqlite } from './sqlite/database.ts'
import { outcomeQueries, outcomeReads, outcomeWrites } from './visit-outcomes.ts'
import { visitQueries, visitReads, visitWrites } from './visits/visits.ts'

export interface StoreOptions {
  /** Path of the database file; made when it does not exist. */
  readonly file: string
  readonly clock: Clock
  /** What memory is kept for. */
  readonly purpose: 'reading' | 'writing' | 'logging'
  /** The disk has failed: the process has to end. */
  readonly onDiskError: (error: Error) => void
  readonly onPoint?: OnPoint
}

/** Opens the store and brings its tables up to date. */
export function openStore({ file, clock, purpose, onDiskError, onPoint }: StoreOptions): Store {
  const store = createStore(openSqlite(file, purpose, onDiskError, onPoint), clock, onPoint)
  return purpose === 'reading' ? cacheSenders(store) : store
}

/** The store over an open database. */
export function createStore(database: Database, clock: Clock, onPoint: OnPoint): Store {
  return {
    accounts: accountReads(database),
    users: userReads(database),
    tokens: tokenReads(database),
    sessions: sessionReads(database),
    oauth: oauthReads(database),
    outcomes: outcomeReads(database),
    leads: recordReads(database, 'leads'),
    contacts: recordReads(database, 'contacts'),
    visits: visitReads(database),
    geocoding: geocodingReads(database),
    pinChanges: pinChangeReads(database),
    imports: importReads(database),
    idempotency: idempotencyReads(database),
    rateBuckets: rateBuckets(database),
    events: eventReads(database),
    read: (account, work) => database.read((reader) => work(queriesOf(reader, account))),
    write: (account, work, writeOptions) =>
      database
        .write(
          account,
          async (tx) => {
            const { stream, writes } = sharedBy(tx, account)
            const log = new PendingEvents(stream, clock, onPoint)
            const result = await work({ ...writes, events: log })
            await log.settle()
            return { result, hasEvents: log.hasEvents }
          },
          writeOptions,
        )
        .then(({ result, hasEvents }) => {
          if (hasEvents) database.announce(account)
          return result
        }),
    async preview(account, work) {
      const undone = new Undone<Awaited<ReturnType<typeof work>>>()
      await database
        .write(account, async (tx) => {
          const { stream, writes } = sharedBy(tx, account)
          const log = new PendingEvents(stream, clock)
          undone.results.push(await work({ ...writes, events: log }))
          throw undone
        })
        .catch((error: unknown) => {
          if (error !== undone) throw error
        })
      const [result] = undone.results
      if (undone.results.length === 0 || result === undefined) throw new Error('nothing came of it')
      return result
    },
    keepLastUses: keepLastUses(database),
    secret: keepSecret(database),
    engine: async () => ({ ...database.engine, bytes: await database.size() }),
    claim: (name) => database.claim(name),
    wake: (work) => database.announceWork(work),
    onWoken: (work, listener) => database.onWorkAnnounced(work, listener),
    ping: () => database.ping(),
    check: (account) => checkStore(database, account),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** Thrown to undo a transaction whose result was all that was wanted. */
class Undone<Result> extends Error {
  readonly results: Result[] = []
}

/** What all works on an account share that share a transaction. */
interface SharedWrites {
  readonly stream: StreamWrites
  readonly writes: Omit<Transaction, 'events'>
}

const shared = new WeakMap<SqlTransaction, Map<number, SharedWrites>>()

function sharedBy(tx: SqlTransaction, account: number): SharedWrites {
  const accounts = shared.get(tx) ?? new Map<number, SharedWrites>()
  shared.set(tx, accounts)
  const known = accounts.get(account)
  if (known) return known
  const made = { stream: new StreamWrites(tx, account), writes: writesOf(tx, account) }
  accounts.set(account, made)
  return made
}

const queriesOf = (reader: Reader, account: number): Queries => ({
  users: userQueries(reader, account),
  outcomes: outcomeQueries(reader, account),
  leads: recordQueries(reader, account, 'leads'),
  contacts: recordQueries(reader, account, 'contacts'),
  visits: visitQueries(reader, account),
  pinChanges: pinChangeQueries(reader, account),
  idempotency: idempotencyQueries(reader, account),
})

const writesOf = (tx: SqlTransaction, account: number): Omit<Transaction, 'events'> => ({
  account: accountWrites(tx, account),
  users: userWrites(tx, account),
  tokens: tokenWrites(tx, account),
  sessions: sessionWrites(tx, account),
  oauth: oauthWrites(tx, account),
  outcomes: outcomeWrites(tx, account),
  leads: recordWrites(tx, account, 'leads'),
  contacts: recordWrites(tx, account, 'contacts'),
  visits: visitWrites(tx, account),
  geocoding: geocodingWrites(tx, account),
  pinChanges: pinChangeWrites(tx, account),
  imports: importWrites(tx, account),
  idempotency: idempotencyWrites(tx, account),
})
