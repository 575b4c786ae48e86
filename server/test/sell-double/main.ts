/**
 * A stand-in for the incumbent's API in a process of its own: `node main.ts '<options as JSON>'`.
 * It prints where it listens. Paths under `/control` are for the test.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

import { leadSnapshot, lists } from './lists.ts'
import { Stream } from './stream.ts'
import {
  type DoubleVisit,
  firstUserId,
  visitItem,
  visitSnapshot,
  World,
  type WorldOptions,
} from './world.ts'

export interface DoubleOptions extends WorldOptions {
  readonly token: string
  /** Requests in any second; the rest is answered 429 with an empty body. */
  readonly perSecond: number
  /** How long an answer takes. */
  readonly latencyMs?: number
}

/** How many of a thousand requests go wrong in which way. */
export interface Faults {
  resets: number
  unavailable: number
  conflicts: number
  slow: number
  slowMs: number
  /** The stream is not for this token. */
  noStream: boolean
  /** Empty answers of the stream although there is more. */
  lazyStream: number
  retryAfter: string | null
  /** Paths that this token may not read. */
  forbidden: readonly string[]
  /** Besides the one that it was started with. */
  otherTokens: readonly string[]
  /** Whose token it is. */
  accountId: number
  userId: number
  /** Every position but the newest end is malformed. */
  noPositions: boolean
  /** Lists of visits tell only this creator's. */
  onlyOf: number | null
  /** Pages of visits come in no order, or empty with a next one. */
  pages: 'scrambled' | 'empty' | null
}

const options: DoubleOptions = JSON.parse(process.argv[2] ?? '{}')
const world = new World(options)
const streams = {
  visits: new Stream('visit'),
  leads: new Stream('lead'),
  contacts: new Stream('contact'),
}
const isStreamed = (name: string): name is keyof typeof streams => name in streams
const faults: Faults = {
  resets: 0,
  unavailable: 0,
  conflicts: 0,
  slow: 0,
  slowMs: 0,
  noStream: false,
  lazyStream: 0,
  retryAfter: null,
  forbidden: [],
  otherTokens: [],
  accountId: 700,
  userId: firstUserId,
  noPositions: false,
  onlyOf: null,
  pages: null,
}
const counts: Record<string, number> = {}
const sentAt: number[] = []
/** Every so many requests, something changes. */
let churn = { everyRequests: 0, kinds: ['create', 'update', 'delete'] }
let answered = 0

const visitParams = new Set([
  'page',
  'per_page',
  'sort_by',
  'outcome_id',
  'creator_id',
  'resource_type',
  'resource_id',
  'rep_location_verification_status',
])
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

const outOfRange = (name: string, given: string | null, max: number) =>
  `The request query parameter '${name}' is malformed, missing, or has an invalid value ` +
  `(must be between 1 and ${max}, given: ${given})`

function sendPage(
  response: ServerResponse,
  query: URLSearchParams,
  rows: readonly unknown[],
  perPageMax = 100,
): void {
  const page = Number(query.get('page') ?? '1')
  const perPage = Number(query.get('per_page') ?? '25')
  if (!(page >= 1 && page <= 100)) {
    return sendError(response, 400, 'invalid_param', outOfRange('page', query.get('page'), 100))
  }
  if (!(perPage >= 1 && perPage <= perPageMax)) {
    const details = outOfRange('per_page', query.get('per_page'), perPageMax)
    return sendError(response, 400, 'invalid_param', details)
  }
  const items = rows.slice((page - 1) * perPage, page * perPage)
  const hasNext = page < 100 && rows.length > page * perPage
  send(response, 200, {
    items: items.map((row) => (isVisit(row) ? visitItem(row) : row)),
    meta: {
      type: 'collection',
      count: items.length,
      links: { self: 'here', ...(hasNext && { next_page: 'there' }) },
    },
  })
}

const isVisit = (row: unknown): row is DoubleVisit =>
  typeof row === 'object' && row !== null && 'sequence' in row

function answerVisits(response: ServerResponse, query: URLSearchParams): void {
  const filter: Record<string, string> = {}
  for (const [name, value] of query) {
    const isBad = !visitParams.has(name) || (allowed[name] && !allowed[name].includes(value))
    if (isBad) return sendError(response, 400, 'invalid_param', `parameter '${name}': ${value}`)
    if (!['page', 'per_page', 'sort_by'].includes(name)) filter[name] = value
  }
  if (filter['resource_id'] !== undefined && filter['resource_type'] === undefined) {
    return sendError(response, 400, 'invalid_param', "'resource_id' requires 'resource_type'")
  }
  const rows = world
    .list(filter, query.get('sort_by') ?? 'id')
    .filter(({ creator_id: id }) => faults.onlyOf === null || id === faults.onlyOf)
  if (faults.pages === 'empty') {
    const links = { self: 'here', next_page: 'there' }
    return send(response, 200, { items: [], meta: { type: 'collection', count: 0, links } })
  }
  const isScrambled = faults.pages === 'scrambled'
  sendPage(response, query, isScrambled ? rows.toSorted((a, b) => (a.id % 7) - (b.id % 7)) : rows)
}

function answerStream(response: ServerResponse, stream: Stream, query: URLSearchParams): void {
  if (faults.noStream) return sendError(response, 403, 'insufficient_scope', 'root user only')
  if (faults.noPositions && query.get('position') !== 'top') {
    return sendError(response, 400, 'invalid_param', "'position'")
  }
  const found = stream.read(
    query.get('position') ?? '',
    Number(query.get('limit') ?? '25'),
    Date.now(),
  )
  if (found === undefined) return sendError(response, 400, 'invalid_param', "'position'")
  if (found === 'gone') return send(response, 410, undefined)
  const isLazy = Math.random() * 1000 < faults.lazyStream && query.get('position') !== 'top'
  const { items, position, top } = isLazy
    ? { items: [], position: query.get('position'), top: false }
    : found
  send(response, 200, { items, meta: { links: { next: '' }, position, top } })
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double')
  if (pathname.startsWith('/control/')) return control(request, response, pathname.slice(9))
  counts[pathname] = (counts[pathname] ?? 0) + 1
  counts['all'] = (counts['all'] ?? 0) + 1
  const now = performance.now()
  while (sentAt.length > 0 && (sentAt[0] ?? 0) <= now - 1000) sentAt.shift()
  if (sentAt.length >= options.perSecond) {
    counts['429'] = (counts['429'] ?? 0) + 1
    const after = faults.retryAfter
    response.writeHead(429, after === null ? {} : { 'Retry-After': after }).end()
    return
  }
  sentAt.push(now)
  const chance = Math.random() * 1000
  const { resets, unavailable, conflicts, slow } = faults
  if (chance < resets) return void request.socket.destroy()
  if (chance < resets + unavailable) return void response.writeHead(503).end('<html>busy</html>')
  if (chance < resets + unavailable + conflicts) return void response.writeHead(409).end()
  if (chance < resets + unavailable + conflicts + slow) await pause(faults.slowMs)
  if (options.latencyMs !== undefined) await pause(options.latencyMs)
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
  answered++
  if (churn.everyRequests > 0 && answered % churn.everyRequests === 0) change()
  if (pathname === '/v2/visits') return answerVisits(response, searchParams)
  const streamed = /^\/v3\/(\w+)\/stream$/.exec(pathname)?.[1] ?? ''
  if (isStreamed(streamed)) return answerStream(response, streams[streamed], searchParams)
  const list = lists(world, pathname, searchParams, faults)
  if (list === undefined) return sendError(response, 404, 'not_found', 'no such path')
  if (Array.isArray(list)) {
    return sendPage(response, searchParams, list, pathname === '/v2/visit_outcomes' ? 200 : 100)
  }
  send(response, 200, list)
}

/** One change by chance, as somebody at work makes it. */
function change(): void {
  const kind = churn.kinds[Math.floor(Math.random() * churn.kinds.length)]
  const visit = world.any()
  if (kind === 'create') createVisit({})
  else if (kind === 'delete' && visit) deleteVisit(visit)
  else if (kind === 'delete-lead') deleteLead(world.leads[0] ?? 0)
  else if (visit) updateVisit(visit, { summary: `changed ${Math.random()}` })
}

function tell(type: string, visit: DoubleVisit, previous?: unknown): void {
  streams.visits.append(type, visitSnapshot(visit), visit.sequence, previous, Date.now())
}

function createVisit(given: Partial<DoubleVisit>): DoubleVisit {
  const visit = world.create(given, Date.now())
  tell('created', visit)
  return visit
}

function updateVisit(visit: DoubleVisit, given: Partial<DoubleVisit>): void {
  const before = visitSnapshot(visit)
  Object.assign(visit, given, { updated_at: Date.now(), sequence: visit.sequence + 1 })
  world.revision++
  const after = new Map<string, unknown>(Object.entries(visitSnapshot(visit)))
  const previous = Object.fromEntries(
    Object.entries(before).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(after.get(name)),
    ),
  )
  tell('updated', visit, previous)
}

/** A lead is removed, and its stream tells so. */
function deleteLead(id: number): void {
  const at = world.leads.indexOf(id)
  if (at === -1) return
  world.leads.splice(at, 1)
  streams.leads.append('deleted', leadSnapshot(world, id), 2, undefined, Date.now())
}

function deleteVisit(visit: DoubleVisit): void {
  visit.sequence++
  world.visits.delete(visit.id)
  world.revision++
  tell('deleted', visit)
}

async function control(
  request: IncomingMessage,
  response: ServerResponse,
  what: string,
): Promise<void> {
  const body = request.method === 'POST' ? JSON.parse((await text(request)) || '{}') : {}
  switch (what) {
    case 'faults':
      Object.assign(faults, body)
      return send(response, 200, faults)
    case 'churn':
      churn = { ...churn, ...body }
      return send(response, 200, churn)
    case 'counts':
      return send(response, 200, counts)
    case 'reset-counts':
      for (const name of Object.keys(counts)) delete counts[name]
      return send(response, 200, {})
    case 'dump':
      return send(
        response,
        200,
        [...world.visits.values()].map((visit) => visitItem(visit).data),
      )
    case 'ids':
      return send(response, 200, [...world.visits.keys()])
    case 'create':
      return send(response, 200, createVisit(body))
    case 'update': {
      const visit = world.visits.get(body.id)
      if (visit) updateVisit(visit, body)
      return send(response, 200, visit)
    }
    case 'delete': {
      const visit = world.visits.get(body.id)
      if (visit) deleteVisit(visit)
      return send(response, 200, {})
    }
    case 'touch-lead':
      if (!world.leads.includes(body.id)) world.leads.push(body.id)
      world.touchedAt.set(body.id, Date.now())
      return send(response, 200, {})
    case 'leads':
      return send(response, 200, world.leads)
    case 'delete-lead':
      deleteLead(body.id)
      return send(response, 200, {})
    case 'expire':
      for (const stream of Object.values(streams)) stream.expire()
      return send(response, 200, {})
    case 'lag':
      for (const stream of Object.values(streams)) stream.lagMs = body.ms
      return send(response, 200, {})
    default:
      return send(response, 404, {})
  }
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    process.stderr.write(`double: ${String(error)}\n`)
    response.destroy()
  })
})
server.keepAliveTimeout = 30_000
server.listen(0, '127.0.0.1', () => {
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  process.stdout.write(`listening on http://127.0.0.1:${port}\n`)
})
