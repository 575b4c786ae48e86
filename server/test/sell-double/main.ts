/**
 * A stand-in for the incumbent's API in a process of its own: `node main.ts '<options as JSON>'`.
 * It prints where it listens. Paths under `/control` are for the test.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

import { lists } from './lists.ts'
import { Stream } from './stream.ts'
import { type DoubleVisit, visitItem, visitSnapshot, World, type WorldOptions } from './world.ts'

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
}

const options: DoubleOptions = JSON.parse(process.argv[2] ?? '{}')
const world = new World(options)
const stream = new Stream()
const faults: Faults = {
  resets: 0,
  unavailable: 0,
  conflicts: 0,
  slow: 0,
  slowMs: 0,
  noStream: false,
  lazyStream: 0,
  retryAfter: null,
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
  sendPage(response, query, world.list(filter, query.get('sort_by') ?? 'id'))
}

function answerStream(response: ServerResponse, query: URLSearchParams): void {
  if (faults.noStream) return sendError(response, 403, 'insufficient_scope', 'root user only')
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
  if (request.headers.authorization !== `Bearer ${options.token}`) {
    return sendError(response, 401, 'unauthorized', 'Required access token is missing.')
  }
  if (request.headers['user-agent'] === undefined) {
    return sendError(response, 400, 'invalid_user_agent', 'User-Agent is required')
  }
  answered++
  if (churn.everyRequests > 0 && answered % churn.everyRequests === 0) change()
  if (pathname === '/v2/visits') return answerVisits(response, searchParams)
  if (pathname === '/v3/visits/stream') return answerStream(response, searchParams)
  const list = lists(world, pathname, searchParams)
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
  else if (visit) updateVisit(visit, { summary: `changed ${Math.random()}` })
}

function createVisit(given: Partial<DoubleVisit>): DoubleVisit {
  const visit = world.create(given, Date.now())
  stream.append('created', visit, undefined, Date.now())
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
  stream.append('updated', visit, previous, Date.now())
}

function deleteVisit(visit: DoubleVisit): void {
  visit.sequence++
  world.visits.delete(visit.id)
  world.revision++
  stream.append('deleted', visit, undefined, Date.now())
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
    case 'expire':
      stream.expire()
      return send(response, 200, {})
    case 'lag':
      stream.lagMs = body.ms
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
