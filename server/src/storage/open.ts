import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Store, Writes } from '../domain/store.ts'
import { accountReads, accountWrites } from './accounts.ts'
import { checkStore } from './check.ts'
import type { Database, Transaction } from './database.ts'
import { eventReads, PendingEvents, StreamWrites } from './events.ts'
import { idempotencyWrites, keptAnswers } from './idempotency.ts'
import { geocodingReads, geocodingWrites } from './geocoding.ts'
import { importReads, importWrites } from './imports.ts'
import { pinChangeReads, pinChangeWrites } from './pin-changes.ts'
import { keepLastUses } from './last-uses.ts'
import { rateBuckets } from './rate-buckets.ts'
import { recordReads, recordWrites } from './records.ts'
import { rememberSenders } from './sender-memory.ts'
import { keepSecret, sessionReads, sessionWrites } from './sessions.ts'
import { oauthReads, oauthWrites } from './oauth.ts'
import { openSqlite } from './sqlite.ts'
import { tokenReads, tokenWrites } from './tokens.ts'
import { userReads, userWrites } from './users.ts'
import { outcomeReads, outcomeWrites } from './visit-outcomes.ts'
import { visitReads, visitWrites } from './visits.ts'

export interface StoreOptions {
  /** Path of the database file; made when it does not exist. */
  readonly file: string
  readonly clock: Clock
  /** What memory is kept for. */
  readonly mainly: 'reading' | 'writing' | 'logging'
  /** The disk has failed: the process has to end. */
  readonly onDiskError: (error: Error) => void
  readonly onPoint?: OnPoint
}

/** Opens the store and brings its tables up to date. */
export function openStore({ file, clock, mainly, onDiskError, onPoint }: StoreOptions): Store {
  const store = createStore(openSqlite(file, mainly, onDiskError, onPoint), clock, onPoint)
  return mainly === 'reading' ? rememberSenders(store) : store
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
    idempotency: keptAnswers(database),
    rateBuckets: rateBuckets(database),
    events: eventReads(database),
    write: (account, work, manner) =>
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
          manner,
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
  readonly writes: Omit<Writes, 'events'>
}

const shared = new WeakMap<Transaction, Map<number, SharedWrites>>()

function sharedBy(tx: Transaction, account: number): SharedWrites {
  const accounts = shared.get(tx) ?? new Map<number, SharedWrites>()
  shared.set(tx, accounts)
  const known = accounts.get(account)
  if (known) return known
  const made = { stream: new StreamWrites(tx, account), writes: writesOf(tx, account) }
  accounts.set(account, made)
  return made
}

const writesOf = (tx: Transaction, account: number): Omit<Writes, 'events'> => ({
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
