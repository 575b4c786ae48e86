import { type DemoKind, demoKinds, type DemoReads, type DemoWrites } from '../domain/demo.ts'
import { inList } from './bind.ts'
import type { Database, Reader, SqlTransaction } from './database.ts'

/** Kinds are stored as their positions in `demoKinds`, which may only grow at the end. */
const numberOf = (kind: DemoKind): number => demoKinds.indexOf(kind)

const idsOf = ({ db }: Reader, account: number, kind: DemoKind) =>
  db
    .selectFrom('demo_objects')
    .select('id')
    .where('account_id', '=', account)
    .where('kind', '=', numberOf(kind))

async function list(
  reader: Reader,
  account: number,
  kind: DemoKind,
  limit: number,
): Promise<number[]> {
  const rows = await idsOf(reader, account, kind).orderBy('id').limit(limit).execute()
  return rows.map(({ id }) => id)
}

async function hasAny({ db }: Reader, account: number): Promise<boolean> {
  const row = await db
    .selectFrom('demo_objects')
    .select('id')
    .where('account_id', '=', account)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const demoReads = (database: Database): DemoReads => ({
  has: (account) => hasAny(database, account),
  async count(account) {
    const rows = await database.db
      .selectFrom('demo_objects')
      .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
      .where('account_id', '=', account)
      .groupBy('kind')
      .execute()
    const count = (kind: DemoKind): number =>
      Number(rows.find((row) => row.kind === numberOf(kind))?.count ?? 0)
    return {
      visit: count('visit'),
      lead: count('lead'),
      contact: count('contact'),
      user: count('user'),
      visit_outcome: count('visit_outcome'),
    }
  },
  list: (account, kind, limit) => list(database, account, kind, limit),
})

export const demoWrites = (tx: SqlTransaction, account: number): DemoWrites => ({
  has: () => hasAny(tx, account),
  list: (kind, limit) => list(tx, account, kind, limit),
  async findNoted(kind, ids) {
    const rows = await idsOf(tx, account, kind)
      .where(inList(tx.dialect, 'id', ids))
      .execute()
    return new Set(rows.map(({ id }) => id))
  },
  async note(kind, ids) {
    const rows = ids.map((id) => ({ account_id: account, kind: numberOf(kind), id }))
    await tx.saveRows('demo_objects', ['account_id', 'kind', 'id'], rows)
  },
  async forget(kind, ids) {
    await tx.db
      .deleteFrom('demo_objects')
      .where('account_id', '=', account)
      .where('kind', '=', numberOf(kind))
      .where(inList(tx.dialect, 'id', ids))
      .execute()
  },
  async reserve(until, now) {
    const { numUpdatedRows } = await tx.db
      .updateTable('accounts')
      .set({ demo_busy_until: until })
      .where('account_id', '=', account)
      .where((eb) =>
        until === null
          ? eb.lit(true)
          : eb.or([eb('demo_busy_until', 'is', null), eb('demo_busy_until', '<=', now)]),
      )
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },
})
