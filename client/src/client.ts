import { accounts, type Accounts } from './accounts.ts'
import { contacts, type Contacts } from './contacts.ts'
import { importConflicts, type ImportConflicts } from './import-conflicts.ts'
import { imports, type Imports } from './imports.ts'
import { leads, type Leads } from './leads.ts'
import { oauthClients, type OAuthClients } from './oauth-clients.ts'
import { pinChanges, type PinChanges } from './pin-changes.ts'
import type { Connection, Fetch } from './request.ts'
import { type RetryOptions, retryPolicy } from './retry.ts'
import { sessions, type Sessions } from './sessions.ts'
import { stream, type Stream } from './stream.ts'
import { checkedMs, realTiming, type Timing } from './timing.ts'
import { tokens, type Tokens } from './tokens.ts'
import { unplaced, type UnplacedRecords } from './unplaced.ts'
import { users, type Users } from './users.ts'
import { version } from './version.ts'
import { visitOutcomes, type VisitOutcomes } from './visit-outcomes.ts'
import { visits, type Visits } from './visits.ts'

export interface ClientOptions {
  /** Where the server answers, with the path before `/v2` if it has one. */
  readonly url: string
  /** A personal or OAuth access token; null: the browser's session, see `Client.session`. */
  readonly token: string | null
  /** Sends the requests; default the platform's. */
  readonly fetch?: Fetch | undefined
  /** Names the caller before `doorstep-client/<version>`; browsers send their own name instead. */
  readonly userAgent?: string | undefined
  /** When to try again after 409, 429, 502, 503, 504, a timeout or no answer; default five times. */
  readonly retry?: RetryOptions | undefined
  /** For one attempt, its body included; default 30,000. */
  readonly timeoutMs?: number | undefined
  /** Time and chance, for tests. */
  readonly timing?: Timing | undefined
}

/** One method per operation of the API, with its types; every answer as the server gave it. */
export interface Client {
  readonly visits: Visits
  readonly leads: Leads
  readonly contacts: Contacts
  readonly unplaced: UnplacedRecords
  readonly pinChanges: PinChanges
  readonly outcomes: VisitOutcomes
  readonly users: Users
  readonly tokens: Tokens
  readonly oauthClients: OAuthClients
  readonly imports: Imports
  readonly importConflicts: ImportConflicts
  readonly account: Accounts
  readonly session: Sessions
  readonly stream: Stream
}

/**
 * A client of one server, as one user. It holds no connection and needs no closing. Throws a
 * TypeError or RangeError for options that cannot work; whether the token is good, the first
 * call tells.
 */
export function createClient(options: ClientOptions): Client {
  const connection: Connection = {
    url: checkedUrl(options.url),
    headers: {
      Accept: 'application/json',
      ...(options.token !== null && { Authorization: `Bearer ${checkedToken(options.token)}` }),
      ...userAgent(options.userAgent),
    },
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    timeoutMs: checkedMs('timeoutMs', options.timeoutMs ?? 30_000, 1),
    retry: retryPolicy(options.retry ?? {}),
    timing: options.timing ?? realTiming,
    browserSession: options.token === null ? { csrfToken: undefined } : undefined,
  }
  return {
    visits: visits(connection),
    leads: leads(connection),
    contacts: contacts(connection),
    unplaced: unplaced(connection),
    pinChanges: pinChanges(connection),
    outcomes: visitOutcomes(connection),
    users: users(connection),
    tokens: tokens(connection),
    oauthClients: oauthClients(connection),
    imports: imports(connection),
    importConflicts: importConflicts(connection),
    account: accounts(connection),
    session: sessions(connection),
    stream: stream(connection),
  }
}

function checkedUrl(url: string): string {
  const { protocol, username, password, search, hash, origin, pathname } = new URL(url)
  if (!/^https?:$/.test(protocol) || username || password || search || hash) {
    throw new TypeError('url must be an http(s) address without credentials, query and fragment')
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** Its value must never appear in an error. */
function checkedToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new TypeError('token must be visible ASCII characters without spaces or line ends')
}

/** Browsers and their workers name themselves: a header of ours would only cost a preflight. */
function userAgent(caller: string | undefined): { 'User-Agent'?: string } {
  if ('document' in globalThis || 'WorkerGlobalScope' in globalThis) return {}
  return { 'User-Agent': [caller, `doorstep-client/${version}`].filter(Boolean).join(' ') }
}
