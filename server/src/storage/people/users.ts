import type { Selectable } from 'kysely'

import type { Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/pages.ts'
import type {
  User,
  UserFilter,
  UserQueries,
  UserReads,
  UserSort,
  UserWrites,
} from '../../domain/users.ts'
import { inList } from '../bind.ts'
import { nextId, passIds } from '../counters.ts'
import type { Database, Reader, SqlTransaction, Value } from '../database.ts'
import { noteChanges } from '../record-changes.ts'
import { indexUsers, unindex } from '../search/rows.ts'
import { changesOfRemoving, changesOfSaving, noteSightChanges } from '../sight-changes.ts'
import { noteFormerKeys } from '../walks/former-keys.ts'
import { readPageOf } from '../walks/read.ts'
import { boundTimes } from '../walks/time-bounds.ts'
import { removeUsers } from './removed.ts'
import { changeId, changeReferences, findFormerIds } from './renumbered.ts'
import type { UsersTable } from './schema.ts'
import { findTeam } from './team.ts'
import { toRow, toUser } from './user-rows.ts'

const usersOf = ({ db }: Reader, account: number) =>
  db.selectFrom('users').selectAll().where('account_id', '=', account)

export function userReads(database: Database): UserReads {
  const { db } = database
  return {
    find: async (account, id) => (await findUsers(database, account, [id])).get(id),
    findTeam: (account, id) => findTeam(database, account, id),
    list: (account, filter, page) => listUsers(database, account, filter, page),
    async findPassword(account, id) {
      const row = await db
        .selectFrom('users')
        .select('password_hash')
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst()
      return row?.password_hash ?? null
    },
    async findSignIns(email, limit) {
      const rows = await db
        .selectFrom('users as u')
        .innerJoin('accounts as a', 'a.account_id', 'u.account_id')
        .select(['u.account_id', 'a.id as number', 'u.id', 'u.password_hash'])
        .select((eb) => eb.fn.coalesce('a.own_name', 'a.name').as('name'))
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

export async function findUsers(
  reader: Reader,
  account: number,
  ids: readonly number[],
): Promise<Map<number, User>> {
  const rows = await usersOf(reader, account)
    .where(inList(reader.dialect, 'id', ids))
    .execute()
  return new Map(rows.map((row) => [row.id, toUser(row)]))
}

/** The users whose ids are above `afterId`, by id, at most `limit`. */
export async function listUsersAfter(
  reader: Reader,
  account: number,
  afterId: number,
  limit: number,
): Promise<User[]> {
  const rows = await usersOf(reader, account)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toUser)
}

function listUsers(
  reader: Reader,
  account: number,
  filter: UserFilter,
  page: PageRequest<UserSort>,
): Promise<Page<User>> {
  const { dialect } = reader
  const given = {
    ids: filter.ids && JSON.stringify(filter.ids),
    name: filter.name,
    email: filter.email?.toLowerCase(),
    role: filter.role,
    roleId: filter.roleId && `%{"id":${filter.roleId},%`,
    status: filter.status,
    confirmed: filter.confirmed === undefined ? undefined : Number(filter.confirmed),
    zendeskUserIds: filter.zendeskUserIds && `,${filter.zendeskUserIds.join()},`,
    identityType: filter.identityType,
  }
  const conditionOf: Readonly<Record<keyof typeof given, string>> = {
    ids: dialect.inJsonList('id', ':ids'),
    name: 'name = :name',
    email: 'email_key = :email',
    role: 'role = :role',
    roleId: 'roles like :roleId',
    status: 'status = :status',
    confirmed: 'confirmed = :confirmed',
    zendeskUserIds: `:zendeskUserIds like '%,' || zendesk_user_id || ',%'`,
    identityType: 'identity_type = :identityType',
  }
  const values: Record<string, Value> = {}
  for (const [name, value] of Object.entries(given)) if (value !== undefined) values[name] = value
  const conditions = Object.entries(conditionOf).flatMap(([name, text]) =>
    name in values ? [text] : [],
  )
  const list = boundTimes({ table: 'users', sort: page.sort, conditions }, '', filter)
  return readPageOf<Selectable<UsersTable>, User>(reader, account, list, values, page, toUser)
}

export const userQueries = (reader: Reader, account: number): UserQueries => ({
  find: (ids) => findUsers(reader, account, ids),
  async findByEmail(emails) {
    const found = new Map<string, User>()
    for (const email of new Set(emails.map((given) => given.toLowerCase()))) {
      const row = await usersOf(reader, account).where('email_key', '=', email).executeTakeFirst()
      if (row) found.set(email, toUser(row))
    }
    return found
  },
  async hasAdminWithPassword() {
    const row = await reader.db
      .selectFrom('users')
      .select('id')
      .where('account_id', '=', account)
      .where('role', '=', 'admin')
      .where('status', '=', 'active')
      .where('password_hash', 'is not', null)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  },
  findTeam: async (id) => new Set(await findTeam(reader, account, id)),
  async findZone(id) {
    const [row] = await reader.query(
      `select coalesce(u.timezone, a.own_timezone, a.timezone) zone
       from accounts a left join users u on u.account_id = a.account_id and u.id = :id
       where a.account_id = :account`,
      { account, id },
    )
    return String(row?.['zone'] ?? '')
  },
  async hasOtherAdmin(id) {
    const row = await usersOf(reader, account)
      .where('role', '=', 'admin')
      .where('status', '=', 'active')
      .where('id', '!=', id)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  },
})

export function userWrites(tx: SqlTransaction, account: number, clock: Clock): UserWrites {
  const { db } = tx
  return {
    ...userQueries(tx, account),
    async save(users) {
      const rows = users.map((user) => toRow(account, user))
      await noteFormerKeys(tx, account, 'users', rows)
      await noteSightChanges(tx, account, await changesOfSaving(tx, account, users), clock())
      await tx.saveRows('users', ['account_id', 'id'], rows)
      await passIds(db, account, 'next_user_id', users)
      await indexUsers(tx, account, users)
      const ids = users.map(({ id }) => id)
      await noteChanges(tx, account, 'user', ids)
    },
    changeId: (from, to) => changeId(tx, account, from, to, clock()),
    findFormerIds: (ids) => findFormerIds(tx, account, ids),
    changeReferences: (from, to) => changeReferences(tx, account, from, to, clock()),
    async setPassword(id, hash) {
      await db
        .updateTable('users')
        .set({ password_hash: hash })
        .where('account_id', '=', account)
        .where('id', '=', id)
        .execute()
    },
    async remove(ids) {
      const changes = await changesOfRemoving(tx, account, ids)
      await noteSightChanges(tx, account, changes, clock())
      await removeUsers(tx, account, ids)
      await unindex(tx, account, 'user', ids)
      const reports = changes.flatMap(({ kind, id }) => (kind === 'manager' ? id : []))
      await noteChanges(tx, account, 'user', [...new Set([...ids, ...reports])])
    },
    async setSharesLocation(id, isShared) {
      await db
        .updateTable('users')
        .set({ shares_location: Number(isShared) })
        .where('account_id', '=', account)
        .where('id', '=', id)
        .execute()
    },
    nextId: () => nextId(db, account, 'next_user_id'),
  }
}
