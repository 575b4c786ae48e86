import type { HeldPlace, LocationDataReads, Look } from '../../domain/location-data.ts'
import { inList } from '../bind.ts'
import type { Database, SqlTransaction } from '../database.ts'

const hourMs = 3_600_000

/** Rows that one statement walks. */
const walkedMax = 2_000

export const locationDataReads = (database: Database): LocationDataReads => ({
  async sharesLocation(account, userId) {
    const row = await database.db
      .selectFrom('users')
      .select('shares_location')
      .where('account_id', '=', account)
      .where('id', '=', userId)
      .executeTakeFirst()
    return row?.shares_location !== 0
  },
  held: (account, userId) => walkHeld(database, account, userId),
  async listLooks(account, userId, { offset, limit }) {
    const rows = await database.db
      .selectFrom('location_looks')
      .selectAll()
      .where('account_id', '=', account)
      .where('user_id', '=', userId)
      .orderBy('at', 'desc')
      .orderBy('visit_id', 'desc')
      .orderBy('viewer_id', 'desc')
      .limit(limit + 1)
      .offset(offset)
      .execute()
    const looks = rows.slice(0, limit).map((row) => ({
      userId: row.user_id,
      visitId: row.visit_id,
      viewerId: row.viewer_id,
      at: row.at,
    }))
    return { rows: looks, hasMore: rows.length > limit }
  },
  // NOTE: as with last uses, no cached list shows this, so the account's revision stays.
  saveLooks: (account, looks) => database.write(account, (tx) => saveLooks(tx, account, looks)),
  dropLooks: (account, before, limit) =>
    database.write(account, (tx) => dropLooks(tx, account, before, limit)),
})

async function* walkHeld(
  database: Database,
  account: number,
  userId: number,
): AsyncGenerator<readonly HeldPlace[]> {
  for (let after = 0; ;) {
    const rows = await database.query(
      `select id, created_at, latitude, case when evidence is null then 1 else 0 end imported
       from visits where account_id = :account and creator_id = :user and id > :after
       order by id limit ${walkedMax}`,
      { account, user: userId, after },
    )
    yield rows.flatMap((row) =>
      row['latitude'] === null
        ? []
        : {
            id: Number(row['id']),
            createdAt: Number(row['created_at']),
            isImported: Number(row['imported']) === 1,
          },
    )
    if (rows.length < walkedMax) return
    after = Number(rows.at(-1)?.['id'])
  }
}

async function saveLooks(
  tx: SqlTransaction,
  account: number,
  looks: readonly Look[],
): Promise<void> {
  const ids = await findPresent(tx, account, looks)
  const rows = looks.map((look) => ({
    account_id: account,
    user_id: ids.get(look.userId) ?? look.userId,
    visit_id: look.visitId,
    viewer_id: ids.get(look.viewerId) ?? look.viewerId,
    hour: Math.floor(look.at / hourMs),
    at: look.at,
  }))
  const key = ['account_id', 'user_id', 'visit_id', 'viewer_id', 'hour'] as const
  await tx.saveRows('location_looks', key, rows)
}

/** The present ids of users to whom an import has given another one since they looked. */
async function findPresent(
  { db, dialect }: SqlTransaction,
  account: number,
  looks: readonly Look[],
): Promise<Map<number, number>> {
  const named = [...new Set(looks.flatMap(({ userId, viewerId }) => [userId, viewerId]))]
  const users = await db
    .selectFrom('users')
    .select(['id', 'former_id'])
    .where('account_id', '=', account)
    .where('former_id', 'is not', null)
    .where(inList(dialect, 'former_id', named))
    .execute()
  return new Map(users.flatMap(({ id, former_id: from }) => (from === null ? [] : [[from, id]])))
}

async function dropLooks(
  { db }: SqlTransaction,
  account: number,
  before: number,
  limit: number,
): Promise<number> {
  // NOTE: by the time of the last one to drop, since the key has many columns.
  const last = await db
    .selectFrom('location_looks')
    .select('at')
    .where('account_id', '=', account)
    .where('at', '<', before)
    .orderBy('at')
    .offset(limit - 1)
    .limit(1)
    .executeTakeFirst()
  const { numDeletedRows } = await db
    .deleteFrom('location_looks')
    .where('account_id', '=', account)
    .where('at', '<', before)
    .where('at', '<=', last?.at ?? before)
    .executeTakeFirstOrThrow()
  return last ? limit : Number(numDeletedRows)
}
