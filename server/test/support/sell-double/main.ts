/**
 * A stand-in for the incumbent's API in a process of its own: `node main.ts '<options as JSON>'`.
 * It prints where it listens. Paths under `/control` are for the test.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

import { type Faults, noFaults } from './faults.ts'
import { leadSnapshot, lists } from './lists.ts'
import { Stream } from './stream.ts'
import { type DoubleVisit, visitItem, visitSnapshot, World, type WorldOptions } from './world.ts'

export interface DoubleOptions extends WorldOptions {
  readonly token: string
  /** Requests in any second; the rest is answered 429 with an empty body. */
  readonly perSecond: number
  /** How long an answer takes. */
  readonly latencyMs?: number
}

const options: DoubleOptions = JSON.parse(process.argv[2] ?? '{}')
const world = new World(options)
const streams = {
  visits: new Stream('visit'),
  leads: new Stream('lead'),
  contacts: new Stream('contact'),
}
const isStreamed = (name: string): name is keyof typeof streams => name in streams
const faults: Faults = noFaults()
const counts: Record<string, number> = {}
const sentAt: number[] = []
/** Every so many requests something changes, until there have been enough changes. */
let churn = { everyRequests: 0, kinds: ['create', 'update', 'delete'], changes: 0 }
/** What happens before the so-manieth request for a path is answered. */
const planned: { path: string; left: number; what: string; given: Given }[] = []
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
  shown = perPageMax,
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
  const items = rows.slice((page - 1) * perPage, page * perPage).slice(0, shown)
  const hasNext = page < 100 && rows.length > page * perPage && shown === perPageMax
  send(response, 200, {
    items: items.map((row) => (isVisit(row) ? listedItem(row) : row)),
    meta: {
      type: 'collection',
      count: items.length,
      links: { self: 'here', ...(hasNext && { next_page: 'there' }) },
    },
  })
}

function listedItem(visit: DoubleVisit): unknown {
  const { data, meta } = visitItem(visit)
  if (!faults.timeless.includes(visit.id)) return { data, meta }
  return { data: { ...data, visited_at: '2018-13-45T00:00:00.000Z' }, meta }
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
  const refused = faults.refusedFilter
  if (refused && filter[refused.name] === refused.value) {
    return sendError(response, refused.status, 'not_found', `no such ${refused.name}`)
  }
  const all = world.list(filter, query.get('sort_by') ?? 'id')
  const isSeen = ({ id, creator_id: creator }: DoubleVisit): boolean =>
    (faults.onlyOf === null || creator === faults.onlyOf) && !faults.hidden.includes(id)
  const rows = faults.onlyOf === null && faults.hidden.length === 0 ? all : all.filter(isSeen)
  if (faults.pages === 'empty') {
    const links = { self: 'here', next_page: 'there' }
    return send(response, 200, { items: [], meta: { type: 'collection', count: 0, links } })
  }
  const short = faults.shortPage
  if (short && short.times > 0 && query.get('page') === String(short.page)) {
    short.times--
    return sendPage(response, query, rows, 100, short.items)
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
  const status = faults.nextStatuses.shift()
  if (status !== undefined) return void response.writeHead(status).end('<html>something</html>')
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
  if (churn.changes > 0 && answered % churn.everyRequests === 0) change()
  for (const each of planned) {
    if (each.path === pathname && --each.left === 0) perform(each.what, each.given)
  }
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
  churn.changes--
  const kind = churn.kinds[churn.changes % churn.kinds.length] ?? ''
  counts[kind] = (counts[kind] ?? 0) + 1
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

/** A lead is made or changed, and its stream tells so. */
function touchLead(id: number, now: number): void {
  const isNew = !world.leads.includes(id)
  if (isNew) world.leads.push(id)
  const snapshot = leadSnapshot(world, id)
  world.touchedAt.set(id, now)
  const previous = isNew ? undefined : { last_name: snapshot.last_name }
  streams.leads.append(isNew ? 'created' : 'updated', snapshot, isNew ? 1 : 2, previous, now)
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

interface Given extends Partial<DoubleVisit> {
  readonly id: number
  readonly ms: number
}

async function control(
  request: IncomingMessage,
  response: ServerResponse,
  what: string,
): Promise<void> {
  const body = request.method === 'POST' ? JSON.parse((await text(request)) || '{}') : {}
  switch (what) {
    case 'churn':
      churn = { ...churn, ...body }
      return send(response, 200, churn)
    case 'plan':
      planned.push(body)
      return send(response, 200, {})
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
    case 'leads':
      return send(response, 200, world.leads)
    default:
      return send(response, 200, perform(what, body))
  }
}

/** What somebody at work does. */
function perform(what: string, given: Given): unknown {
  const visit = world.visits.get(given.id)
  switch (what) {
    case 'create':
      return createVisit(given)
    case 'update':
      if (visit) updateVisit(visit, given)
      return {}
    case 'delete':
      if (visit) deleteVisit(visit)
      return {}
    case 'touch-lead':
      touchLead(given.id, Date.now())
      return {}
    case 'delete-lead':
      deleteLead(given.id)
      return {}
    case 'faults':
      return Object.assign(faults, given)
    case 'expire':
      for (const stream of Object.values(streams)) stream.expire()
      return {}
    case 'lag':
      for (const stream of Object.values(streams)) stream.lagMs = given.ms
      return {}
    default:
      throw new Error(`the double of Sell cannot ${what}`)
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
