import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Queries, Store, Transaction } from '../domain/store.ts'
import { accountReads, accountWrites } from './accounts.ts'
import { PendingEvents } from './append-events.ts'
import { auditReads, auditWrites } from './audit/audit.ts'
import { checkStore } from './check.ts'
import { ColumnCache } from './columns/column-cache.ts'
import { visitSums } from './columns/sums.ts'
import { customerReads } from './customers/customers.ts'
import type { Database, Reader, SqlTransaction } from './database.ts'
import { demoReads, demoWrites } from './demo.ts'
import { eventReads } from './events.ts'
import { idempotencyQueries, idempotencyReads, idempotencyWrites } from './idempotency.ts'
import { externalIdReads, externalIdWrites } from './imports/external-ids.ts'
import { importReads, importWrites } from './imports/imports.ts'
import { readLoad } from './load.ts'
import { saveLastUses } from './people/last-uses.ts'
import { locationDataReads } from './people/location-data.ts'
import { oauthReads, oauthWrites } from './people/oauth.ts'
import { oneTimeCodeReads, oneTimeCodeWrites } from './people/one-time-codes.ts'
import { planQueries, planReads, planWrites } from './people/plans.ts'
import { savedViewQueries, savedViewReads, savedViewWrites } from './people/saved-views.ts'
import { findOrAddSecret, sessionReads, sessionWrites } from './people/sessions.ts'
import { tokenReads, tokenWrites } from './people/tokens.ts'
import { userActivityReads } from './people/user-activity.ts'
import { userQueries, userReads, userWrites } from './people/users.ts'
import { rateBuckets } from './rate-buckets.ts'
import { customFieldQueries, customFieldReads, customFieldWrites } from './records/custom-fields.ts'
import { geocodingReads, geocodingWrites } from './records/geocoding.ts'
import { labelQueries, labelReads, labelWrites } from './records/labels.ts'
import { pinChangeQueries, pinChangeReads, pinChangeWrites } from './records/pin-changes.ts'
import { pinSuggestionReads } from './records/pin-suggestions.ts'
import { recordQueries, recordReads, recordWrites } from './records/records.ts'
import { searchReads } from './search/search.ts'
import { searchWrites } from './search/writes.ts'
import { outcomeQueries, outcomeReads, outcomeWrites } from './visit-outcomes.ts'
import { visitChangeReads } from './visits/changes.ts'
import { visitHistoryReads } from './visits/history.ts'
import { visitReviewWrites } from './visits/reviews.ts'
import { visitQueries, visitReads, visitWrites } from './visits/visits.ts'
import { walkReads } from './walks/former-keys.ts'

/** What sums may take of the memory unless the settings say otherwise. */
const sumsBytesByDefault = 256 * 2 ** 20

/** The store over an open database. */
export function createStore(
  database: Database,
  clock: Clock,
  onPoint: OnPoint,
  sumsBytesMax: number = sumsBytesByDefault,
): Store {
  const cache = new ColumnCache(database, sumsBytesMax)
  return {
    accounts: accountReads(database),
    users: userReads(database),
    userActivity: userActivityReads(database),
    tokens: tokenReads(database),
    sessions: sessionReads(database),
    oneTimeCodes: oneTimeCodeReads(database),
    demo: demoReads(database),
    oauth: oauthReads(database),
    visitOutcomes: outcomeReads(database),
    leads: recordReads(database, 'leads'),
    contacts: recordReads(database, 'contacts'),
    search: searchReads(database),
    customers: customerReads(database),
    visits: visitReads(database, cache),
    visitSums: visitSums(database, cache),
    customFields: customFieldReads(database),
    labels: labelReads(database),
    geocoding: geocodingReads(database),
    pinChanges: pinChangeReads(database),
    pinSuggestions: pinSuggestionReads(database),
    visitHistory: visitHistoryReads(database),
    savedViews: savedViewReads(database),
    plans: planReads(database),
    locationData: locationDataReads(database),
    audit: auditReads(database, clock),
    imports: importReads(database),
    externalIds: externalIdReads(database),
    idempotency: idempotencyReads(database),
    rateBuckets: rateBuckets(database),
    events: eventReads(database, clock),
    walks: walkReads(database),
    visitChanges: visitChangeReads(database),
    read: (account, work) => database.read((reader) => work(queriesOf(reader, account))),
    write: writeTo(database, clock, onPoint),
    preview: previewOn(database, clock),
    saveLastUses: saveLastUses(database),
    secret: findOrAddSecret(database),
    engine: async () => ({ ...database.engine, bytes: await database.size() }),
    claim: (name) => database.claim(name),
    wake: (work) => database.announceJob(work),
    onWoken: (work, listener) => database.onJobAnnounced(work, listener),
    load: () => readLoad(database),
    ping: () => database.ping(),
    check: (account) => checkStore(database, account, clock()),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** Numbers the events of the work as its last step, and wakes readers after the commit. */
function writeTo(database: Database, clock: Clock, onPoint: OnPoint): Store['write'] {
  return async (account, work, writeOptions) => {
    const { result, hasEvents } = await database.write(
      account,
      async (tx) => {
        const log = new PendingEvents(tx, account, clock, onPoint)
        const result = await work({ ...writesOf(tx, account, clock), events: log })
        await log.assignOffsets()
        return { result, hasEvents: log.hasEvents }
      },
      writeOptions,
    )
    if (hasEvents) database.announce(account)
    return result
  }
}

function previewOn(database: Database, clock: Clock): Store['preview'] {
  return async (account, work) => {
    const rolledBack = new RolledBack<Awaited<ReturnType<typeof work>>>()
    await database
      .write(account, async (tx) => {
        const log = new PendingEvents(tx, account, clock)
        rolledBack.results.push(await work({ ...writesOf(tx, account, clock), events: log }))
        throw rolledBack
      })
      .catch((error: unknown) => {
        if (error !== rolledBack) throw error
      })
    const [result] = rolledBack.results
    if (rolledBack.results.length === 0 || result === undefined)
      throw new Error('the preview has no result')
    return result
  }
}

/** Thrown to roll back a transaction of which only the result is needed. */
class RolledBack<Result> extends Error {
  readonly results: Result[] = []
}

const queriesOf = (reader: Reader, account: number): Queries => ({
  users: userQueries(reader, account),
  visitOutcomes: outcomeQueries(reader, account),
  leads: recordQueries(reader, account, 'leads'),
  contacts: recordQueries(reader, account, 'contacts'),
  customFields: customFieldQueries(reader, account),
  labels: labelQueries(reader, account),
  visits: visitQueries(reader, account),
  pinChanges: pinChangeQueries(reader, account),
  savedViews: savedViewQueries(reader, account),
  plans: planQueries(reader, account),
  idempotency: idempotencyQueries(reader, account),
})

const known = new WeakMap<SqlTransaction, Map<number, Omit<Transaction, 'events'>>>()

/** One object for all work on an account that shares a commit and its failure; it caches reads. */
function writesOf(tx: SqlTransaction, account: number, clock: Clock): Omit<Transaction, 'events'> {
  const accounts = known.get(tx) ?? new Map<number, Omit<Transaction, 'events'>>()
  known.set(tx, accounts)
  const writes = accounts.get(account) ?? newWrites(tx, account, clock)
  accounts.set(account, writes)
  return writes
}

const newWrites = (
  tx: SqlTransaction,
  account: number,
  clock: Clock,
): Omit<Transaction, 'events'> => ({
  account: accountWrites(tx, account),
  users: userWrites(tx, account, clock),
  tokens: tokenWrites(tx, account),
  sessions: sessionWrites(tx, account),
  oneTimeCodes: oneTimeCodeWrites(tx, account),
  demo: demoWrites(tx, account),
  oauth: oauthWrites(tx, account),
  visitOutcomes: outcomeWrites(tx, account),
  leads: recordWrites(tx, account, 'leads', clock),
  contacts: recordWrites(tx, account, 'contacts', clock),
  customFields: customFieldWrites(tx, account),
  labels: labelWrites(tx, account),
  visits: visitWrites(tx, account),
  externalIds: externalIdWrites(tx, account),
  search: searchWrites(tx, account),
  visitReviews: visitReviewWrites(tx, account),
  geocoding: geocodingWrites(tx, account),
  pinChanges: pinChangeWrites(tx, account),
  savedViews: savedViewWrites(tx, account),
  plans: planWrites(tx, account),
  audit: auditWrites(tx, account, clock),
  imports: importWrites(tx, account),
  idempotency: idempotencyWrites(tx, account),
})
