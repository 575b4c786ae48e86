import pg from 'pg'

import type { OnPoint } from '../../domain/crash-points.ts'
import { DomainError } from '../../domain/errors.ts'
import {
  type CopiedRow,
  type CopiedTable,
  type CopyEnd,
  copyStatements,
  isCopied,
  markerTable,
} from '../copy/copy-end.ts'
import type { Value } from '../database.ts'
import { connectionOptions } from './connection.ts'
import { explained } from './errors.ts'
import { makePartitionsSince } from './event-partitions.ts'
import { migratePostgres, targetOf } from './migrate.ts'
import { findPrimary } from './primary.ts'
import { lockSpace } from './session.ts'
import { storable } from './statements.ts'
import { lastTimeline } from './timeline.ts'

/**
 * Pages are read along the key's index. NOTE: for a partitioned table the planner expects few rows
 * after any key, and would sort all of them for each page.
 */
const inKeyOrder = 'set enable_sort = off; set enable_seqscan = off; set enable_bitmapscan = off'
const claimMaxMs = 3_000
const pollMs = 100
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Opens a database as an end of a copy, and takes the claim of its servers' background work. */
export async function openPostgresEnd(
  url: string,
  role: 'source' | 'target',
  retentionMs: number,
  onPoint?: OnPoint,
): Promise<CopyEnd> {
  const options = { mayBeUnfinished: true, mustExist: role === 'source' }
  const primaryUrl = await findPrimary(url)
  const { types } = await migratePostgres(primaryUrl, undefined, options)
  const { host, port, database } = targetOf(primaryUrl)
  const name = `${host}:${port}/${database}`
  // NOTE: no time limits: a page may take long on a busy server, and the snapshot is idle while the
  // other end writes.
  const client = new pg.Client({
    ...connectionOptions(primaryUrl, 0),
    query_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await claim(client, name)
    await client.query(inKeyOrder)
    return new PostgresEnd(client, name, types, await listTables(client), retentionMs, onPoint)
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

/**
 * One server holds the claim to background work; a copy takes its place. NOTE: PostgreSQL notices
 * with a delay that a copy was killed.
 */
async function claim(client: pg.Client, name: string): Promise<void> {
  for (const deadline = Date.now() + claimMaxMs; Date.now() < deadline; await pause(pollMs)) {
    const { rows } = await client.query<{ has: boolean }>(
      `select pg_try_advisory_lock(${lockSpace}, hashtext('maintenance')) as has`,
    )
    if (rows[0]?.has) return
  }
  throw new DomainError(
    'unavailable',
    `A Doorstep server, or another copy, is running on ${name}. Stop it, then copy.`,
  )
}

/** The key of a partitioned table includes the partition column, which identifies no row. */
async function listTables(client: pg.Client): Promise<CopiedTable[]> {
  const { rows } = await client.query<Record<string, unknown>>(
    `select c.relname as name,
       (select json_agg(attname) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
       (select json_agg(a.attname order by k.place)
        from pg_index i cross join unnest(i.indkey) with ordinality k (number, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary and not exists (
          select 1 from pg_partitioned_table p
          where p.partrelid = c.oid and a.attnum = any(p.partattrs))) as key,
       (select json_agg(f.relname) from pg_constraint r join pg_class f on f.oid = r.confrelid
        where r.conrelid = c.oid and r.contype = 'f') as "references"
     from pg_class c
     where c.relkind in ('r', 'p') and not c.relispartition
       and c.relnamespace = current_schema()::regnamespace
     order by c.relname collate "C"`,
  )
  return rows
    .map((row) => ({
      name: String(row['name']),
      columns: texts(row['columns']).toSorted(),
      key: texts(row['key']),
      references: texts(row['references']),
    }))
    .filter(({ name }) => isCopied(name))
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

class PostgresEnd implements CopyEnd {
  readonly name: string
  readonly tables: readonly CopiedTable[]
  readonly #client: pg.Client
  readonly #types: ReadonlyMap<string, string>
  readonly #retentionMs: number
  readonly #onPoint: OnPoint

  constructor(
    client: pg.Client,
    name: string,
    types: ReadonlyMap<string, string>,
    tables: readonly CopiedTable[],
    retentionMs: number,
    onPoint: OnPoint,
  ) {
    this.#client = client
    this.name = name
    this.#types = types
    this.tables = tables
    this.#retentionMs = retentionMs
    this.#onPoint = onPoint
  }

  async #rows(text: string, values: readonly unknown[] = []): Promise<CopiedRow[]> {
    try {
      const asked = { text, values: values.map(storableList), rowMode: 'array' } as const
      return (await this.#client.query<Value[]>(asked)).rows
    } catch (error) {
      throw explained(error)
    }
  }

  async beginSnapshot(): Promise<void> {
    await this.#rows('begin isolation level repeatable read read only')
    // The first read takes the snapshot.
    await this.#rows('select count(*) from accounts')
  }

  async endSnapshot(): Promise<void> {
    await this.#rows('rollback')
  }

  page(table: CopiedTable, after: CopiedRow | undefined, limit: number): Promise<CopiedRow[]> {
    const statements = copyStatements(table, (at) => `$${at}`)
    return after
      ? this.#rows(statements.after, [...after, limit])
      : this.#rows(statements.first, [limit])
  }

  async lastKey(table: CopiedTable): Promise<CopiedRow | undefined> {
    return (await this.#rows(copyStatements(table, (at) => `$${at}`).last))[0]
  }

  async count(table: CopiedTable): Promise<number> {
    return Number((await this.#rows(copyStatements(table, (at) => `$${at}`).count))[0]?.[0])
  }

  async highest(table: CopiedTable, column: string): Promise<Value> {
    const { highest } = copyStatements(table, (at) => `$${at}`)
    return (await this.#rows(highest(column)))[0]?.[0] ?? null
  }

  async add(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const arrays = table.columns.map(
      (column, at) => `$${at + 1}::${this.#types.get(`${table.name}.${column}`) ?? 'text'}[]`,
    )
    await this.#rows('begin')
    await this.#rows(
      `${copyStatements(table, () => '').insert} select * from unnest(${arrays.join(', ')})`,
      table.columns.map((_, at) => rows.map((row) => row[at] ?? null)),
    )
    this.#onPoint?.('before-commit')
    await this.#rows('commit')
    this.#onPoint?.('after-commit')
  }

  /** Events in partitions are dropped with their day, others row by row. */
  async makeRoomForEvents(oldest: number): Promise<void> {
    await makePartitionsSince(
      async (work) => {
        await this.#rows('begin')
        try {
          const result = await work(
            async (text) => (await this.#client.query<Record<string, unknown>>(text)).rows,
          )
          await this.#rows('commit')
          return result
        } catch (error) {
          await this.#rows('rollback')
          throw error
        }
      },
      oldest,
      Date.now(),
      this.#retentionMs,
    )
  }

  async unfinished(): Promise<string | undefined> {
    const [known] = await this.#rows('select to_regclass($1) is not null as is', [markerTable])
    if (String(known?.[0]) !== 'true') return undefined
    return String((await this.#rows(`select source from ${markerTable}`))[0]?.[0])
  }

  async markUnfinished(source: string): Promise<void> {
    await this.#rows('begin')
    await this.#rows(`create table ${markerTable} (source text not null)`)
    await this.#rows(`insert into ${markerTable} values ($1)`, [source])
    await this.#rows('commit')
  }

  /**
   * Gathers statistics, without which the first readers would get bad plans. NOTE: not of empty
   * tables, or servers would prepare plans for tables that stay empty.
   */
  async markFinished(): Promise<void> {
    // The timeline of the source says nothing of this cluster: its first server notes the one it finds.
    await this.#rows('delete from secrets where name = $1', [lastTimeline])
    for (const table of this.tables) {
      if (await this.lastKey(table)) await this.#rows(`vacuum (analyze) "${table.name}"`)
    }
    await this.#rows(`drop table ${markerTable}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end().catch(() => {})
  }
}

const storableList = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(storable) : storable(value)
