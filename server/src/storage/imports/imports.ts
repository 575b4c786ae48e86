import type { Kysely, Selectable } from 'kysely'

import type { Import, ImportPhase, ImportReads, ImportWrites } from '../../domain/imports.ts'
import { nextId } from '../counters.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import { type Schema, word } from '../schema.ts'
import { conflictReads, conflictWrites } from './conflicts.ts'
import type { ImportsTable } from './schema.ts'
import { sellSnapshotReads, sellSnapshotWrites } from './sell-visits.ts'
import { verificationReads, verificationWrites } from './verifications.ts'

const importsOf = (db: Kysely<Schema>, account: number) =>
  db.selectFrom('imports').selectAll().where('account_id', '=', account)

async function findImport(
  db: Kysely<Schema>,
  account: number,
  id: number,
): Promise<Import | undefined> {
  const row = await importsOf(db, account).where('id', '=', id).executeTakeFirst()
  return row && toImport(row)
}

export function importReads(database: Database): ImportReads {
  const { db } = database
  return {
    ...conflictReads(database),
    ...sellSnapshotReads(database),
    ...verificationReads(database),
    list(account, page, source) {
      const all = importsOf(db, account)
      const found = source === undefined ? all : all.where('source', '=', source)
      return readPage(found, page, toImport)
    },
    find: (account, id) => findImport(db, account, id),
    async listRanges(account, importId, list) {
      return db
        .selectFrom('import_ranges')
        .select(['list', 'filter', 'state'])
        .where('account_id', '=', account)
        .where('import_id', '=', importId)
        .where('list', '=', list)
        .execute()
    },
    async listListed(account, importId, list) {
      const rows = await db
        .selectFrom('import_listed')
        .select('id')
        .where('account_id', '=', account)
        .where('import_id', '=', importId)
        .where('list', '=', list)
        .orderBy('id')
        .execute()
      return rows.map(({ id }) => id)
    },
    listErrors: (account, importId, limit, after = '') =>
      errorsOf(db, account, importId).where('item_key', '>', after).limit(limit).execute(),
    async pageErrors(account, importId, { offset, limit }) {
      const rows = await errorsOf(db, account, importId)
        .limit(limit + 1)
        .offset(offset)
        .execute()
      return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
    },
    async countErrors(account, importId) {
      const { count } = await db
        .selectFrom('import_errors')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', account)
        .where('import_id', '=', importId)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

const errorsOf = (db: Kysely<Schema>, account: number, importId: number) =>
  db
    .selectFrom('import_errors')
    .select(['item_key as key', 'field', 'reason', 'item', 'at'])
    .where('account_id', '=', account)
    .where('import_id', '=', importId)
    .orderBy('item_key')

export function importWrites(tx: SqlTransaction, account: number): ImportWrites {
  const { db } = tx
  return {
    ...conflictWrites(tx, account),
    ...sellSnapshotWrites(tx, account),
    ...verificationWrites(tx, account),
    ...errorWrites(tx, account),
    nextId: () => nextId(db, account, 'next_import_id'),
    find: (id) => findImport(db, account, id),
    async findBySource(source, baseUrl) {
      const row = await importsOf(db, account)
        .where('source', '=', source)
        .where('base_url', '=', baseUrl)
        .executeTakeFirst()
      return row && toImport(row)
    },
    async findNewest(source) {
      const row = await importsOf(db, account)
        .where('source', '=', source)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && toImport(row)
    },
    async remove(id) {
      for (const table of ['import_errors', 'import_ranges', 'import_listed'] as const) {
        await db
          .deleteFrom(table)
          .where('account_id', '=', account)
          .where('import_id', '=', id)
          .execute()
      }
      await db
        .deleteFrom('imports')
        .where('account_id', '=', account)
        .where('id', '=', id)
        .execute()
    },
    async save(given) {
      await tx.saveRows('imports', ['account_id', 'id'], [toRow(account, given)])
    },
    async saveRanges(importId, ranges) {
      const rows = ranges.map((range) => ({ account_id: account, import_id: importId, ...range }))
      await tx.saveRows('import_ranges', ['account_id', 'import_id', 'list', 'filter'], rows)
    },
    removeRanges: (importId, list) => removeRanges(tx, account, importId, list),
    async removeList(importId, list) {
      await removeRanges(tx, account, importId, list)
      await db
        .deleteFrom('import_listed')
        .where('account_id', '=', account)
        .where('import_id', '=', importId)
        .where('list', '=', list)
        .execute()
      await db
        .deleteFrom('import_errors')
        .where('account_id', '=', account)
        .where('import_id', '=', importId)
        .where('item_key', '>=', `${list} `)
        .where('item_key', '<', `${list}!`)
        .execute()
    },
    async addListed(importId, list, ids) {
      const rows = ids.map((id) => ({ account_id: account, import_id: importId, list, id }))
      await tx.saveRows('import_listed', ['account_id', 'import_id', 'list', 'id'], rows)
    },
  }
}

type ErrorWrites = Pick<ImportWrites, 'addErrors' | 'removeErrors' | 'countErrors'>

const errorWrites = (tx: SqlTransaction, account: number): ErrorWrites => ({
  async addErrors(importId, errors) {
    const rows = errors.map(({ key, ...error }) => ({
      account_id: account,
      import_id: importId,
      item_key: key,
      ...error,
    }))
    await tx.saveRows('import_errors', ['account_id', 'import_id', 'item_key'], rows)
  },
  async removeErrors(importId, keys) {
    if (keys.length === 0) return
    await tx.db
      .deleteFrom('import_errors')
      .where('account_id', '=', account)
      .where('import_id', '=', importId)
      .where('item_key', 'in', [...keys])
      .execute()
  },
  async countErrors(importId, list) {
    const { count } = await tx.db
      .selectFrom('import_errors')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', account)
      .where('import_id', '=', importId)
      .where('item_key', '>=', `${list} `)
      .where('item_key', '<', `${list}!`)
      .executeTakeFirstOrThrow()
    return Number(count)
  },
})

async function removeRanges(
  { db }: SqlTransaction,
  account: number,
  importId: number,
  list: string,
): Promise<void> {
  await db
    .deleteFrom('import_ranges')
    .where('account_id', '=', account)
    .where('import_id', '=', importId)
    .where('list', '=', list)
    .execute()
}

const phases: readonly ImportPhase[] = ['rows', 'lists', 'visits', 'changes', 'following', 'done']

const toImport = (row: Selectable<ImportsTable>): Import => ({
  id: row.id,
  source: row.source,
  baseUrl: row.base_url,
  phase: word(
    phases,
    phases.findIndex((phase) => phase === row.phase),
  ),
  progress: JSON.parse(row.progress),
  startedAt: row.started_at,
  updatedAt: row.updated_at,
  finishedAt: row.finished_at,
  runner: row.runner,
  heartbeatAt: row.heartbeat_at,
  isStopAsked: row.stop_asked === 1,
  lastError: row.last_error,
})

const toRow = (account: number, given: Import) => ({
  account_id: account,
  id: given.id,
  source: given.source,
  base_url: given.baseUrl,
  phase: given.phase,
  progress: JSON.stringify(given.progress),
  started_at: given.startedAt,
  updated_at: given.updatedAt,
  finished_at: given.finishedAt,
  runner: given.runner,
  heartbeat_at: given.heartbeatAt,
  stop_asked: Number(given.isStopAsked),
  last_error: given.lastError,
})
