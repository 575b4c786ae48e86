import { accounts, type Accounts } from './accounts.ts'
import { AnswerCache } from './answer-cache.ts'
import { appInfo, type AppInfo } from './app-info.ts'
import { audit, type Audit } from './audit.ts'
import type { Connection, Fetch } from './connection.ts'
import { contacts, type Contacts } from './contacts.ts'
import {
  type ContactCustomFields,
  contactCustomFields,
  type LeadCustomFields,
  leadCustomFields,
} from './custom-fields.ts'
import { customers, type Customers } from './customers.ts'
import { demo, type Demo } from './demo.ts'
import { grants, type Grants } from './grants.ts'
import { importConflicts, type ImportConflicts } from './import-conflicts.ts'
import { imports, type Imports } from './imports.ts'
import { invitations, type Invitations } from './invitations.ts'
import {
  type LeadSources,
  leadSources,
  type LeadStatuses,
  leadStatuses,
  type Tags,
  tags,
} from './labels.ts'
import { leads, type Leads } from './leads.ts'
import { locationData, type LocationData } from './location-data.ts'
import { maps, type Maps } from './maps.ts'
import { oauthClients, type OAuthClients } from './oauth-clients.ts'
import { pinChanges, type PinChanges } from './pin-changes.ts'
import { pinSuggestions, type PinSuggestions } from './pin-suggestions.ts'
import { plans, type Plans } from './plans.ts'
import { type RetryOptions, retryPolicy } from './retry.ts'
import { reviewCounts, type ReviewCounts } from './review-counts.ts'
import { savedViews, type SavedViews } from './saved-views.ts'
import { search, type Search } from './search.ts'
import { sessions, type Sessions } from './sessions.ts'
import { settings, type Settings } from './settings.ts'
import { stream, type Stream, visitChanges, type VisitChanges } from './stream.ts'
import { checkedMs, realTiming, type Timing } from './timing.ts'
import { tokens, type Tokens } from './tokens.ts'
import { unplaced, type UnplacedRecords } from './unplaced.ts'
import { users, type Users } from './users.ts'
import { version } from './version.ts'
import { visitOutcomes, type VisitOutcomes } from './visit-outcomes.ts'
import { visitReports, type VisitReports } from './visit-reports.ts'
import { visits, type Visits } from './visits.ts'

export interface ClientOptions {
  /** The server's address, including the path before `/v2` if there is one. */
  readonly url: string
  /** A personal or OAuth access token; null: use the browser's session, see `Client.session`. */
  readonly token: string | null
  /** Sends the requests; default: the platform's `fetch`. */
  readonly fetch?: Fetch | undefined
  /** Precedes `doorstep-client/<version>` in `User-Agent`; browsers send their own instead. */
  readonly userAgent?: string | undefined
  /** How to retry after 409, 429, 502, 503, 504, a timeout or no answer; default: five attempts. */
  readonly retry?: RetryOptions | undefined
  /** Per attempt, including its body; default 30,000. */
  readonly timeoutMs?: number | undefined
  /**
   * How many answers to keep; default 0. The server is asked whether a kept answer is still right
   * (304), and then the same object is returned again: do not change it. The answers asked for
   * longest ago are dropped. In browsers the browser's own cache does this by default.
   */
  readonly cachedAnswersMax?: number | undefined
  /** Time and randomness, for tests. */
  readonly timing?: Timing | undefined
}

/** One typed method per operation of the API. Answers are returned as the server sent them. */
export interface Client {
  readonly visits: Visits
  readonly maps: Maps
  readonly visitReports: VisitReports
  readonly reviewCounts: ReviewCounts
  readonly leads: Leads
  readonly contacts: Contacts
  readonly search: Search
  readonly customers: Customers
  readonly leadCustomFields: LeadCustomFields
  readonly contactCustomFields: ContactCustomFields
  readonly tags: Tags
  readonly leadStatuses: LeadStatuses
  readonly leadSources: LeadSources
  readonly unplaced: UnplacedRecords
  readonly pinChanges: PinChanges
  readonly pinSuggestions: PinSuggestions
  readonly outcomes: VisitOutcomes
  readonly users: Users
  readonly tokens: Tokens
  readonly grants: Grants
  readonly oauthClients: OAuthClients
  readonly imports: Imports
  readonly importConflicts: ImportConflicts
  readonly account: Accounts
  readonly session: Sessions
  readonly app: AppInfo
  readonly invitations: Invitations
  readonly settings: Settings
  readonly demo: Demo
  readonly stream: Stream
  readonly changes: VisitChanges
  readonly savedViews: SavedViews
  readonly plans: Plans
  readonly locationData: LocationData
  readonly audit: Audit
}

/**
 * A client of one server, as one user. It holds no connection and need not be closed. Throws a
 * TypeError or RangeError for invalid options. The first call shows whether the token is valid.
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
    browserSession:
      options.token === null ? { csrfToken: undefined, person: undefined } : undefined,
    cache: new AnswerCache(options.cachedAnswersMax ?? 0),
  }
  return {
    visits: visits(connection),
    maps: maps(connection),
    visitReports: visitReports(connection),
    reviewCounts: reviewCounts(connection),
    leads: leads(connection),
    contacts: contacts(connection),
    search: search(connection),
    customers: customers(connection),
    leadCustomFields: leadCustomFields(connection),
    contactCustomFields: contactCustomFields(connection),
    tags: tags(connection),
    leadStatuses: leadStatuses(connection),
    leadSources: leadSources(connection),
    unplaced: unplaced(connection),
    pinChanges: pinChanges(connection),
    pinSuggestions: pinSuggestions(connection),
    outcomes: visitOutcomes(connection),
    users: users(connection),
    tokens: tokens(connection),
    grants: grants(connection),
    oauthClients: oauthClients(connection),
    imports: imports(connection),
    importConflicts: importConflicts(connection),
    account: accounts(connection),
    session: sessions(connection),
    app: appInfo(connection),
    invitations: invitations(connection),
    settings: settings(connection),
    demo: demo(connection),
    stream: stream(connection),
    changes: visitChanges(connection),
    savedViews: savedViews(connection),
    plans: plans(connection),
    locationData: locationData(connection),
    audit: audit(connection),
  }
}

function checkedUrl(url: string): string {
  const { protocol, username, password, search, hash, origin, pathname } = new URL(url)
  if (!/^https?:$/.test(protocol) || username || password || search || hash) {
    throw new TypeError('url must be an http(s) address without credentials, query or fragment')
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** Never shows the token in an error. */
function checkedToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new TypeError(
    'token must consist of visible ASCII characters, without spaces or line breaks',
  )
}

/** Browsers and their workers send their own: setting the header would only cost a preflight. */
function userAgent(caller: string | undefined): { 'User-Agent'?: string } {
  if ('document' in globalThis || 'WorkerGlobalScope' in globalThis) return {}
  return { 'User-Agent': [caller, `doorstep-client/${version}`].filter(Boolean).join(' ') }
}
