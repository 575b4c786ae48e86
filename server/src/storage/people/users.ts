import { type Kysely, type Selectable, sql } from 'kysely'

import type { Store, Transaction } from '../../domain/store.ts'
import type { Named, User } from '../../domain/users.ts'
import { nextId, passIds } from '../counters.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { inList } from '../in-list.ts'
import type { Schema, UsersTable } from '../schema.ts'

export function userReads({ reader, dialect }: Database): Store['users'] {
  return {
    async find(account, id) {
      const row = await reader
        .selectFrom('users')
        .selectAll()
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toUser(row)
    },
    findTeam: (account, id) => findTeam(reader, account, id),
    async list(account, filter, { offset, limit, sort }) {
      let query = reader.selectFrom('users').selectAll().where('account_id', '=', account)
      if (filter.ids) query = query.where(inList(dialect, 'id', filter.ids))
      if (filter.name !== undefined) query = query.where('name', '=', filter.name)
      if (filter.email !== undefined) {
        query = query.where('email_key', '=', filter.email.toLowerCase())
      }
      if (filter.role !== undefined) query = query.where('role', '=', filter.role)
      if (filter.roleId !== undefined) query = query.where(hasRole(filter.roleId))
      if (filter.status !== undefined) query = query.where('status', '=', filter.status)
      if (filter.confirmed !== undefined) {
        query = query.where('confirmed', '=', Number(filter.confirmed))
      }
      if (filter.zendeskUserIds) {
        query = query.where('zendesk_user_id', 'in', filter.zendeskUserIds.map(String))
      }
      if (filter.identityType !== undefined) {
        query = query.where('identity_type', '=', filter.identityType)
      }
      const direction = sort.descending ? 'desc' : 'asc'
      const rows = await query
        .orderBy(sort.field, direction)
        .orderBy('id', direction)
        .limit(limit + 1)
        .offset(offset)
        .execute()
      return { rows: rows.slice(0, limit).map(toUser), hasMore: rows.length > limit }
    },
    async findPassword(account, id) {
      const row = await reader
        .selectFrom('users')
        .select('password_hash')
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst()
      return row?.password_hash ?? null
    },
    async findSignIns(email, limit) {
      const rows = await reader
        .selectFrom('users as u')
        .innerJoin('accounts as a', 'a.account_id', 'u.account_id')
        .select(['u.account_id', 'a.id as number', 'a.name', 'u.id', 'u.password_hash'])
        .where('u.email_key', '=', email.toLowerCase())
        .where('u.status', '=', 'active')
        .orderBy('u.account_id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        accountKey: row.account_id,
        accountId: row.number,
        accountName: row.name,
        userId: row.id,
        passwordHash: row.password_hash,
      }))
    },
  }
}

/** The user and everyone below them, in the order of their ids. */
export async function findTeam(
  db: Kysely<Schema>,
  account: number,
  user: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive team(id) as (
      select cast(${user} as bigint) union
      select u.id from users u join team t on u.reports_to = t.id where u.account_id = ${account})
    select id from team order by id`.execute(db)
  return rows.map(({ id }) => id)
}

const hasRole = (id: number) => sql<boolean>`roles like ${`%{"id":${id},%`}`

export function userWrites(tx: SqlTransaction, account: number): Transaction['users'] {
  const { db, dialect } = tx
  const mine = () => db.selectFrom('users').selectAll().where('account_id', '=', account)
  return {
    async find(ids) {
      const rows = await mine()
        .where(inList(dialect, 'id', ids))
        .execute()
      return new Map(rows.map((row) => [row.id, toUser(row)]))
    },
    async findByEmail(emails) {
      const found = new Map<string, User>()
      for (const email of new Set(emails.map((given) => given.toLowerCase()))) {
        const row = await mine().where('email_key', '=', email).executeTakeFirst()
        if (row) found.set(email, toUser(row))
      }
      return found
    },
    async save(users) {
      const rows = users.map((user) => toRow(account, user))
      await tx.saveRows('users', ['account_id', 'id'], rows)
      await passIds(db, account, 'next_user_id', users)
    },
    async changeId(from, to) {
      await db
        .updateTable('users')
        .set({ id: to })
        .where('account_id', '=', account)
        .where('id', '=', from)
        .execute()
      await db
        .updateTable('users')
        .set({ reports_to: to })
        .where('account_id', '=', account)
        .where('reports_to', '=', from)
        .execute()
      await db
        .updateTable('access_tokens')
        .set({ user_id: to })
        .where('account_id', '=', account)
        .where('user_id', '=', from)
        .execute()
      await db
        .updateTable('sessions')
        .set({ user_id: to })
        .where('account_id', '=', account)
        .where('user_id', '=', from)
        .execute()
      // NOTE: of idempotency_keys this walks all of the account's: once for each person of an import.
      for (const table of ['oauth_codes', 'oauth_refresh_tokens', 'idempotency_keys'] as const) {
        await db
          .updateTable(table)
          .set({ user_id: to })
          .where('account_id', '=', account)
          .where('user_id', '=', from)
          .execute()
      }
      for (const table of ['leads', 'contacts'] as const) {
        await db
          .updateTable(table)
          .set({ owner_id: to })
          .where('account_id', '=', account)
          .where('owner_id', '=', from)
          .execute()
      }
      const visits = db
        .updateTable('visits')
        .set({ owner_id: to })
        .where('account_id', '=', account)
        .where('owner_id', '=', from)
      // NOTE: one after the other, because each has an index.
      await visits.whereRef('owner_id', '<>', 'creator_id').execute()
      await visits.where('creator_id', '=', from).execute()
      await db
        .updateTable('pin_changes')
        .set({ creator_id: to })
        .where('account_id', '=', account)
        .where('creator_id', '=', from)
        .execute()
    },
    async setPassword(id, hash) {
      await db
        .updateTable('users')
        .set({ password_hash: hash })
        .where('account_id', '=', account)
        .where('id', '=', id)
        .execute()
    },
    async hasOtherAdmin(id) {
      const row = await mine()
        .where('role', '=', 'admin')
        .where('status', '=', 'active')
        .where('id', '!=', id)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
    findTeam: async (id) => new Set(await findTeam(db, account, id)),
    nextId: () => nextId(db, account, 'next_user_id'),
  }
}

function toRow(account: number, user: User): Omit<UsersTable, 'password_hash'> {
  return {
    account_id: account,
    id: user.id,
    name: user.name,
    email: user.email,
    email_key: user.email.toLowerCase(),
    status: user.status,
    invited: Number(user.invited),
    confirmed: Number(user.confirmed),
    phone_number: user.phoneNumber,
    role: user.role,
    roles: JSON.stringify(user.roles),
    team_name: user.teamName,
    group_id: user.group?.id ?? null,
    group_name: user.group?.name ?? null,
    reports_to: user.reportsTo,
    timezone: user.timezone,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    deleted_at: user.deletedAt,
    zendesk_user_id: user.zendeskUserId,
    identity_type: user.identityType,
  }
}

function toUser(row: Selectable<UsersTable>): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    status: row.status === 'active' ? 'active' : 'inactive',
    invited: row.invited === 1,
    confirmed: row.confirmed === 1,
    phoneNumber: row.phone_number,
    role: row.role === 'admin' ? 'admin' : 'user',
    roles: toRoles(row.roles),
    teamName: row.team_name,
    group: row.group_id === null ? null : { id: row.group_id, name: row.group_name ?? '' },
    reportsTo: row.reports_to,
    timezone: row.timezone,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    zendeskUserId: row.zendesk_user_id,
    identityType: row.identity_type === 'integration' ? 'integration' : 'person',
  }
}

function toRoles(text: string): Named[] {
  const roles: unknown = JSON.parse(text)
  return Array.isArray(roles) ? roles : []
}
