import pg from 'pg'

import { urlsOfHosts } from '../../domain/database-hosts.ts'
import { DomainError } from '../../domain/errors.ts'
import { markerTable, unfinishedSentence } from '../copy/copy-end.ts'
import { migrationsOf, missingMigrations } from '../migrations/ledger.ts'
import { noStoreSentence } from '../no-store.ts'
import { connectionOptions, endClient } from './connection.ts'
import { explainOpening, type Target } from './errors.ts'
import { findPrimary } from './primary.ts'
import { lockSpace } from './session.ts'

const versionMin = 15
const migrationKey = 1
const waitMaxMs = 30_000
/** A server that has just started may take a while. */
const connectMaxMs = 10_000
const pollMs = 250

export interface Server {
  readonly version: string
  /** The type of each column, by `table.column`. */
  readonly types: ReadonlyMap<string, string>
}

/** The server, database and user of the URL; the first server of several. */
export function targetOf(url: string): Target {
  const [first = url] = urlsOfHosts(url)
  const { host, port, database = '', user = '' } = new pg.Client({ connectionString: first })
  return { host, port, database, user }
}

/**
 * Brings the tables up to date, each step in its own transaction, and waits while another process
 * does. Refuses a store that another version has created or written, an unfinished copy, and servers
 * on which Doorstep cannot work. With `mustExist` it throws `not_found` where there are no tables.
 */
export async function migratePostgres(
  url: string,
  waitMs = waitMaxMs,
  { mayBeUnfinished = false, mustExist = false } = {},
): Promise<Server> {
  const primaryUrl = await findPrimary(url)
  const target = targetOf(primaryUrl)
  // NOTE: statements have no time limit here: an index on a large table takes long.
  const client = new pg.Client({
    ...connectionOptions(primaryUrl, 0),
    query_timeout: 0,
    lock_timeout: waitMaxMs,
    connectionTimeoutMillis: connectMaxMs,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const version = await inspect(client)
    if (mustExist && !(await isThere(client, 'schema_migrations'))) {
      const { host, port, database } = target
      throw new DomainError('not_found', noStoreSentence(`${host}:${port}/${database}`))
    }
    await takeTurn(client, waitMs)
    await migrate(client)
    if (!mayBeUnfinished && (await isThere(client, markerTable))) {
      throw new DomainError('unavailable', unfinishedSentence)
    }
    await requireRights(client, target)
    return { version, types: await readTypes(client) }
  } catch (error) {
    throw explainOpening(error, target)
  } finally {
    await endClient(client)
  }
}

/** Besides reading and writing rows, a server creates and drops partitions each day. */
async function requireRights(client: pg.Client, { database, user }: Target): Promise<void> {
  const { rows } = await client.query<{ table: string; owner: string; mayCreate: boolean }>(
    `select c.oid::regclass::text as table, pg_get_userbyid(c.relowner) as owner,
       has_schema_privilege(current_schema(), 'CREATE') as "mayCreate"
     from pg_class c
     where (c.oid = 'visit_events'::regclass or c.oid in (
         select inhrelid from pg_inherits where inhparent = 'visit_events'::regclass))
       and not (pg_has_role(c.relowner, 'USAGE') and has_schema_privilege(current_schema(), 'CREATE'))
     order by c.oid <> 'visit_events'::regclass, c.relname
     limit 1`,
  )
  const [lacking] = rows
  if (!lacking) return
  const { table, owner, mayCreate } = lacking
  const remedy = mayCreate
    ? `GRANT "${owner}" TO "${user}"`
    : `GRANT USAGE, CREATE ON SCHEMA public TO "${user}"`
  throw new DomainError(
    'unavailable',
    `The database ${database} cannot be used as ${user}: it may not ` +
      (mayCreate
        ? `create and drop partitions, since ${table} belongs to ${owner}`
        : 'create tables') +
      `. Use the role that created the tables, or let its owner run in ${database}: ${remedy}`,
  )
}

async function inspect(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    `select current_setting('server_version') as version,
       current_setting('server_encoding') as encoding`,
  )
  const { version = '', encoding = '' } = rows[0] ?? {}
  requireFitting(version, encoding)
  return version
}

/** `version` and `encoding` as the server reports them: '15.18 (Debian 15.18-0+deb12u1)', 'UTF8'. */
export function requireFitting(version: string, encoding: string): void {
  if (!(Number.parseInt(version, 10) >= versionMin)) {
    throw new DomainError(
      'unavailable',
      `This server is PostgreSQL ${version}. Doorstep needs ${versionMin} or later.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new DomainError(
      'unavailable',
      `This database stores text as ${encoding}. Create one with: createdb --encoding=UTF8 ` +
        '--template=template0 NAME',
    )
  }
}

async function takeTurn(client: pg.Client, waitMs: number): Promise<void> {
  for (const deadline = Date.now() + waitMs; ;) {
    const { rows } = await client.query<{ has: boolean }>(
      `select pg_try_advisory_lock(${lockSpace}, ${migrationKey}) as has`,
    )
    if (rows[0]?.has) return
    if (Date.now() > deadline) {
      throw new DomainError(
        'unavailable',
        `Another process has been bringing the tables up to date for ${Math.round(waitMs / 1000)} s. ` +
          'Try again when it is done.',
      )
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

async function migrate(client: pg.Client): Promise<void> {
  const missing = missingMigrations(migrationsOf('postgres'), await findApplied(client))
  for (const { name, text } of missing) {
    await client.query('begin')
    await client.query(
      'create table if not exists schema_migrations (name text primary key, applied_at bigint)',
    )
    await client.query(text)
    await client.query('insert into schema_migrations values ($1, $2)', [name, Date.now()])
    await client.query('commit')
  }
}

/** Looks for the table first: a role that may not create tables can still use the present ones. */
async function findApplied(client: pg.Client): Promise<Set<string>> {
  if (!(await isThere(client, 'schema_migrations'))) return new Set()
  const applied = await client.query<{ name: string }>('select name from schema_migrations')
  return new Set(applied.rows.map(({ name }) => name))
}

async function isThere(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>('select to_regclass($1) is not null as is', [
    table,
  ])
  return rows[0]?.is === true
}

async function readTypes(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select table_name || '.' || column_name as name, data_type as type
     from information_schema.columns where table_schema = current_schema()`,
  )
  return new Map(rows.map(({ name, type }) => [name, type]))
}
