import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

import type { Faults } from './faults.ts'
import { lists } from './lists.ts'
import { type DoubleVisit, type SellData, type SellDataOptions, visitItem } from './sell-data.ts'
import type { Stream } from './stream.ts'

export interface DoubleOptions extends SellDataOptions {
  readonly token: string
  /** Requests in any second; any others are answered 429 with an empty body. */
  readonly perSecond: number
  /** How long an answer takes. */
  readonly latencyMs?: number
}

/** What the double answers from. */
export interface DoubleState {
  readonly options: DoubleOptions
  readonly data: SellData
  readonly faults: Faults
  /** Requests by path, answers of 429, and changes by kind. */
  readonly counts: Record<string, number>
  /** When the requests of the last second came. */
  readonly sentAt: number[]
  /** Called before a request is answered that is not refused. */
  readonly onRequest: (path: string) => void
}

const paging = ['page', 'per_page', 'sort_by']
const filters = [
  'outcome_id',
  'creator_id',
  'resource_type',
  'resource_id',
  'rep_location_verification_status',
]
const visitParams = new Set([...paging, ...filters])
const allowed: Readonly<Record<string, readonly string[]>> = {
  sort_by: ['id', 'id:asc', 'id:desc', 'visited_at', 'visited_at:asc', 'visited_at:desc'],
  resource_type: ['lead', 'contact'],
  rep_location_verification_status: [
    'verified',
    'resource_location_too_far',
    'location_unknown',
    'location_services_disabled',
  ],
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(body === undefined ? '' : JSON.stringify(body))
}

function sendError(response: ServerResponse, status: number, code: string, details: string): void {
  const error = { error: { code, message: code, details }, meta: { type: 'error', links: {} } }
  send(response, status, { errors: [error], meta: { type: 'errors', http_status: `${status}` } })
}

interface Shown<Row> {
  readonly perPageMax?: number
  /** Fewer items than a page has, and no next page. */
  readonly cutTo?: number | undefined
  readonly item?: (row: Row) => unknown
}

function sendPage<Row>(
  response: ServerResponse,
  query: URLSearchParams,
  rows: readonly Row[],
  { perPageMax = 100, cutTo, item = (row) => row }: Shown<Row> = {},
): void {
  const page = Number(query.get('page') ?? '1')
  const perPage = Number(query.get('per_page') ?? '25')
  for (const [name, value, max] of [
    ['page', page, 100],
    ['per_page', perPage, perPageMax],
  ] as const) {
    if (value >= 1 && value <= max) continue
    const details =
      `The request query parameter '${name}' is malformed, missing, or has an invalid value ` +
      `(must be between 1 and ${max}, given: ${query.get(name)})`
    return sendError(response, 400, 'invalid_param', details)
  }
  const items = rows
    .slice((page - 1) * perPage, page * perPage)
    .slice(0, cutTo)
    .map(item)
  const hasNext = page < 100 && rows.length > page * perPage && cutTo === undefined
  const links = { self: 'here', ...(hasNext && { next_page: 'there' }) }
  send(response, 200, { items, meta: { type: 'collection', count: items.length, links } })
}

function answerVisits(state: DoubleState, response: ServerResponse, query: URLSearchParams): void {
  const { data, faults } = state
  const filter: Record<string, string> = {}
  for (const [name, value] of query) {
    const isBad = !visitParams.has(name) || (allowed[name] && !allowed[name].includes(value))
    if (isBad) return sendError(response, 400, 'invalid_param', `parameter '${name}': ${value}`)
    if (!paging.includes(name)) filter[name] = value
  }
  if (filter['resource_id'] !== undefined && filter['resource_type'] === undefined) {
    return sendError(response, 400, 'invalid_param', "'resource_id' requires 'resource_type'")
  }
  const refused = faults.refusedFilter
  if (refused && filter[refused.name] === refused.value) {
    return sendError(response, refused.status, 'not_found', `no such ${refused.name}`)
  }
  if (faults.pages === 'empty') {
    const links = { self: 'here', next_page: 'there' }
    return send(response, 200, { items: [], meta: { type: 'collection', count: 0, links } })
  }
  let rows = data.list(filter, query.get('sort_by') ?? 'id')
  if (faults.onlyOf !== null || faults.hidden.length > 0) {
    rows = rows.filter(
      ({ id, creator_id: creator }) =>
        (faults.onlyOf === null || creator === faults.onlyOf) && !faults.hidden.includes(id),
    )
  }
  if (faults.pages === 'scrambled') rows = rows.toSorted((a, b) => (a.id % 7) - (b.id % 7))
  const item = (visit: DoubleVisit) => {
    const { data: attributes, meta } = visitItem(visit)
    if (!faults.timeless.includes(visit.id)) return { data: attributes, meta }
    return { data: { ...attributes, visited_at: '2018-13-45T00:00:00.000Z' }, meta }
  }
  const short = faults.shortPage
  const isShort = short !== null && short.times > 0 && query.get('page') === String(short.page)
  if (isShort) short.times--
  sendPage(response, query, rows, { item, cutTo: isShort ? short.items : undefined })
}

function answerStream(
  { faults }: DoubleState,
  response: ServerResponse,
  stream: Stream,
  query: URLSearchParams,
): void {
  const position = query.get('position') ?? ''
  if (faults.noStream) return sendError(response, 403, 'insufficient_scope', 'root user only')
  const isUnknown = faults.noPositions && position !== 'top'
  const found = isUnknown ? undefined : stream.read(position, Number(query.get('limit') ?? '25'))
  if (found === undefined) return sendError(response, 400, 'invalid_param', "'position'")
  if (found === 'gone') return send(response, 410, undefined)
  const isLazy = Math.random() * 1000 < faults.lazyStream && position !== 'top'
  const { items, ...end } = isLazy ? { items: [], position, top: false } : found
  send(response, 200, { items, meta: { links: { next: '' }, ...end } })
}

/** What stands between a client and the API: the rate limit, and what goes wrong on the way. */
async function isStopped(
  { options, faults, counts, sentAt }: DoubleState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const now = performance.now()
  while (sentAt.length > 0 && (sentAt[0] ?? 0) <= now - 1000) sentAt.shift()
  if (sentAt.length >= options.perSecond) {
    counts['429'] = (counts['429'] ?? 0) + 1
    const { retryAfter } = faults
    response.writeHead(429, retryAfter === null ? {} : { 'Retry-After': retryAfter }).end()
    return true
  }
  sentAt.push(now)
  const chance = Math.random() * 1000
  const { resets, unavailable, conflicts, slow } = faults
  if (Math.random() * 1000 < faults.hiddenLimits) {
    counts['hidden'] = (counts['hidden'] ?? 0) + 1
    send(response, 404, { timestamp: now, status: 404, error: 'Not Found', path: '/429.json' })
    return true
  }
  const status =
    faults.nextStatuses.shift() ??
    (chance >= resets && chance < resets + unavailable ? 503 : undefined) ??
    (chance >= resets && chance < resets + unavailable + conflicts ? 409 : undefined)
  if (status !== undefined) response.writeHead(status).end('<html>something</html>')
  else if (chance < resets) request.socket.destroy()
  if (status !== undefined || chance < resets) return true
  if (chance < resets + unavailable + conflicts + slow) await pause(faults.slowMs)
  if (options.latencyMs !== undefined) await pause(options.latencyMs)
  return false
}

export async function answer(
  state: DoubleState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { options, data, faults, counts } = state
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double')
  for (const name of [pathname, 'all']) counts[name] = (counts[name] ?? 0) + 1
  if (await isStopped(state, request, response)) return
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
  if (token !== options.token && !faults.otherTokens.includes(token)) {
    return sendError(response, 401, 'unauthorized', 'Required access token is missing.')
  }
  if (request.headers['user-agent'] === undefined) {
    return sendError(response, 400, 'invalid_user_agent', 'User-Agent is required')
  }
  if (faults.forbidden.includes(pathname)) {
    return sendError(response, 403, 'insufficient_scope', 'not for this token')
  }
  state.onRequest(pathname)
  if (pathname === '/v2/visits') return answerVisits(state, response, searchParams)
  const stream = data.streamAt(pathname)
  if (stream) return answerStream(state, response, stream, searchParams)
  const list = lists(data, pathname, searchParams, faults)
  if (list === undefined) return sendError(response, 404, 'not_found', 'no such path')
  if (!Array.isArray(list)) return send(response, 200, list)
  const perPageMax = pathname === '/v2/visit_outcomes' ? 200 : 100
  sendPage(response, searchParams, list, { perPageMax })
}
