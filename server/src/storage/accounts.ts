import type { Kysely, Selectable } from 'kysely'

import type { Account, AccountReads, AccountSettings, AccountWrites } from '../domain/accounts.ts'
import { firstLocalId } from '../domain/users.ts'
import { highestRemovedKey, removeAccount } from './account-removal.ts'
import type { Database, SqlTransaction } from './database.ts'
import { readRevision } from './events.ts'
import type { AccountsTable, Schema } from './schema.ts'
import { saveComplete } from './search/writes.ts'

export function accountReads(database: Database): AccountReads {
  const { db } = database
  return {
    async list() {
      const rows = await accountsOf(db).orderBy('account_id').execute()
      return rows.map((row) => ({ key: row.account_id, account: toAccount(row) }))
    },
    find: (account) => findAccount(db, account),
    async findOnly() {
      const [only, ...others] = await accountsOf(db).limit(2).execute()
      if (!only || others.length > 0) return undefined
      return { key: only.account_id, account: toAccount(only) }
    },
    findSettings: (account) => findSettings(db, account),
    firstLocalId: (account) => findFirstLocalId(db, account),
    findRevision: (account) => readRevision(database, account),
    add: (account, firstId = firstLocalId) =>
      database.write(undefined, async (tx) => {
        const last = await tx.db
          .selectFrom('accounts')
          .select((eb) => eb.fn.max('account_id').as('key'))
          .executeTakeFirst()
        const key = Math.max(Number(last?.key ?? 0), await highestRemovedKey(tx)) + 1
        const id = firstId + key
        const row = { ...toRow({ ...account, id }), account_id: key, next_user_id: firstId }
        const counters = {
          first_local_id: firstId,
          next_visit_id: firstId,
          next_outcome_id: firstId,
          next_lead_id: firstId,
          next_contact_id: firstId,
          next_label_id: firstId,
        }
        await tx.db
          .insertInto('accounts')
          .values({ ...row, ...counters, next_token_id: 1 })
          .execute()
        await tx.db
          .insertInto('account_stream')
          .values({
            account_id: key,
            generation: 0,
            head: 0,
            last_dropped: 0,
            last_event_at: 0,
            revision: 0,
          })
          .execute()
        await saveComplete(tx, key)
        return key
      }),
    remove: (account) => removeAccount(database, account),
  }
}

export function accountWrites(tx: SqlTransaction, account: number): AccountWrites {
  const { db } = tx
  let radiusM: number | undefined
  return {
    async find() {
      const found = await findAccount(db, account)
      if (!found) throw new Error(`there is no account ${account}`)
      return found
    },
    // NOTE: this runs for every check-in.
    async verificationRadiusM() {
      if (radiusM !== undefined) return radiusM
      const [row] = await tx.query(
        'select verification_radius_m from accounts where account_id = :account',
        { account },
      )
      if (!row) throw new Error(`there is no account ${account}`)
      radiusM = Number(row['verification_radius_m'])
      return radiusM
    },
    firstLocalId: () => findFirstLocalId(db, account),
    async save(given) {
      await db.updateTable('accounts').set(toRow(given)).where('account_id', '=', account).execute()
    },
    async setOwn({ name, timezone, visitEveryDays }, now) {
      await db
        .updateTable('accounts')
        .set({
          ...(name !== undefined && { own_name: name }),
          ...(timezone !== undefined && { own_timezone: timezone }),
          ...(visitEveryDays !== undefined && { visit_every_days: visitEveryDays }),
          updated_at: now,
        })
        .where('account_id', '=', account)
        .execute()
    },
    findSettings: () => findSettings(db, account),
    async saveSettings(given) {
      await db
        .updateTable('accounts')
        .set({
          verification_radius_m: given.verificationRadiusM,
          rep_location_days: given.repLocationDays,
          retention_hours: given.retentionHours,
          map_style_url: given.mapStyleUrl,
          map_attribution: given.mapAttribution,
        })
        .where('account_id', '=', account)
        .execute()
      radiusM = given.verificationRadiusM
    },
  }
}

const attributes = [
  'id',
  'currency',
  'time_format',
  'phone',
  'subdomain',
  'visit_every_days',
  'created_at',
  'updated_at',
] as const

/** Without the counters, which reading an account does not need. */
const accountsOf = (db: Kysely<Schema>) =>
  db
    .selectFrom('accounts')
    .select(['account_id', ...attributes])
    .select((eb) => [
      eb.fn.coalesce('own_name', 'name').as('name'),
      eb.fn.coalesce('own_timezone', 'timezone').as('timezone'),
    ])

async function findAccount(db: Kysely<Schema>, account: number): Promise<Account | undefined> {
  const row = await accountsOf(db).where('account_id', '=', account).executeTakeFirst()
  return row && toAccount(row)
}

async function findFirstLocalId(db: Kysely<Schema>, account: number): Promise<number> {
  const row = await db
    .selectFrom('accounts')
    .select('first_local_id')
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  return row.first_local_id
}

const toRow = (account: Account) => ({
  id: account.id,
  name: account.name,
  currency: account.currency,
  time_format: account.timeFormat,
  timezone: account.timezone,
  phone: account.phone,
  subdomain: account.subdomain,
  created_at: account.createdAt,
  updated_at: account.updatedAt,
})

async function findSettings(db: Kysely<Schema>, account: number): Promise<AccountSettings> {
  const row = await db
    .selectFrom('accounts')
    .select([
      'verification_radius_m',
      'rep_location_days',
      'retention_hours',
      'map_style_url',
      'map_attribution',
    ])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  return {
    verificationRadiusM: row.verification_radius_m,
    repLocationDays: row.rep_location_days,
    retentionHours: row.retention_hours,
    mapStyleUrl: row.map_style_url,
    mapAttribution: row.map_attribution,
  }
}

type AccountRow = Pick<Selectable<AccountsTable>, (typeof attributes)[number] | 'name' | 'timezone'>

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  currency: row.currency,
  timeFormat: row.time_format === '12H' ? '12H' : '24H',
  timezone: row.timezone,
  phone: row.phone,
  subdomain: row.subdomain,
  ...(row.visit_every_days !== null && { visitEveryDays: row.visit_every_days }),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
