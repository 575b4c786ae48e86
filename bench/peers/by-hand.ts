import { existsSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

import fastify from 'fastify'

/**
 * The same service as one writes it in an afternoon: Fastify, a table with an index for each filter,
 * OFFSET, and objects made into JSON at each request. Its rows are those of a store of Doorstep.
 * Arguments: the file of the store, and the file of its own.
 */
const [, , store = '', file = ''] = process.argv
const streamMax = 100

interface Query {
  readonly page?: string
  readonly per_page?: string
  readonly sort_by?: string
  readonly creator_id?: string
  readonly outcome_id?: string
  readonly position?: string
  readonly limit?: string
}

const attributes = [
  'id',
  'creator_id',
  'outcome_id',
  'resource_type',
  'resource_id',
  'visited_at',
  'resource_address',
  'rep_location_verification_status',
  'summary',
  'created_at',
  'updated_at',
]

if (!existsSync(file)) copyRows()
const database = new DatabaseSync(file)
database.exec('pragma journal_mode = wal; pragma synchronous = full')
const app = fastify()
const token = 'Bearer '

app.addHook('onRequest', async (request, reply) => {
  if (!request.headers.authorization?.startsWith(token)) return reply.code(401).send()
})

app.get<{ Querystring: Query }>('/v2/visits', (request, reply) => {
  const { page = '1', per_page: perPage = '25', sort_by: sortBy = 'id', ...given } = request.query
  const [field = 'id', direction = 'asc'] = sortBy.split(':')
  if (!attributes.includes(field)) return reply.code(422).send()
  const filters = (['creator_id', 'outcome_id'] as const).filter((name) => given[name])
  const where =
    filters.length > 0 ? `where ${filters.map((name) => `${name} = ?`).join(' and ')}` : ''
  const values = filters.map((name): SQLInputValue => Number(given[name]))
  const order = `${field} ${direction === 'desc' ? 'desc' : 'asc'}, id`
  const rows = database
    .prepare(`select * from visits ${where} order by ${order} limit ? offset ?`)
    .all(...values, Number(perPage), (Number(page) - 1) * Number(perPage))
  return reply.send({
    items: rows.map((row) => ({ data: row, meta: { type: 'visit' } })),
    meta: { type: 'collection', count: rows.length, links: { self: request.url } },
  })
})

app.get<{ Querystring: Query }>('/v3/visits/stream', (request, reply) => {
  const { position = '0', limit = String(streamMax) } = request.query
  const after = position === 'tail' ? 0 : Number(position)
  const rows = database
    .prepare('select "offset", body from visit_events where "offset" > ? order by "offset" limit ?')
    .all(after, Number(limit))
  const last = Number(rows.at(-1)?.['offset'] ?? after)
  return reply.send({
    items: rows.map(({ body }): unknown => JSON.parse(String(body))),
    meta: { type: 'collection', position: String(last), top: rows.length < Number(limit) },
  })
})

console.log(`listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
process.once('SIGTERM', () => process.exit(0))

function copyRows(): void {
  const unfinished = `${file}.unfinished`
  rmSync(unfinished, { force: true })
  const own = new DatabaseSync(unfinished)
  own.exec(`
    pragma journal_mode = off; pragma synchronous = off;
    attach '${store}' as store;
    create table visits as select
      ${attributes.map((name) => `item ->> '$.data.${name}' as ${name}`).join(', ')}
      from store.visits;
    create unique index visits_id on visits (id);
    create index visits_visited on visits (visited_at);
    create index visits_creator on visits (creator_id);
    create index visits_outcome on visits (outcome_id);
    create table visit_events ("offset" integer primary key, body text not null);
    insert into visit_events select "offset", body from store.visit_events`)
  own.close()
  renameSync(unfinished, file)
}
