import type { getUser, getUserSelf, listUsers, User as Answer } from '@doorstep/contract/users'

import { printSeconds } from '../domain/clock.ts'
import type { User } from '../domain/users.ts'
import { resourceNotFound } from './errors.ts'
import type { Call, Handler } from './request/call.ts'
import { collectionOf, pageLinks, printItems, toSort } from './request/pages.ts'

export const handleListUsers: Handler<typeof listUsers> = async (call) => {
  const { query, actor, store, origin } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id' } = query
  const { rows, hasMore } = await store.users.list(
    actor.accountKey,
    {
      ids: query.ids,
      name: query.name,
      email: query.email,
      role: query.role,
      roleId: query.role_id,
      status: query.status,
      confirmed: query.confirmed,
      zendeskUserIds: query.zendesk_user_ids,
      identityType: query.identity_type,
    },
    {
      offset: (page - 1) * limit,
      limit,
      sort: toSort(sort_by, ['id', 'name', 'created_at', 'updated_at']),
    },
  )
  const links = pageLinks(`${origin}/v2/users`, query, hasMore)
  return collectionOf(printItems('user', rows.map(printUser)), rows.length, links)
}

export const handleGetUser: Handler<typeof getUser> = (call) => answerUser(call, call.params['id'])

export const handleGetUserSelf: Handler<typeof getUserSelf> = (call) =>
  answerUser(call, String(call.actor.userId))

async function answerUser(
  { store, actor }: Pick<Call<typeof getUser>, 'store' | 'actor'>,
  id = '',
): Promise<string> {
  const number = /^\d{1,16}$/.test(id) ? Number(id) : Number.NaN
  const user = Number.isSafeInteger(number)
    ? await store.users.find(actor.accountKey, number)
    : undefined
  if (!user) throw resourceNotFound('user', id.slice(0, 100))
  return JSON.stringify({ data: printUser(user), meta: { type: 'user' } })
}

export const printUser = (user: User): Answer => ({
  id: user.id,
  name: user.name,
  email: user.email,
  status: user.status,
  invited: user.invited,
  confirmed: user.confirmed,
  phone_number: user.phoneNumber,
  role: user.role,
  roles: [...user.roles],
  team_name: user.teamName,
  group: user.group,
  reports_to: user.reportsTo,
  timezone: user.timezone,
  created_at: printSeconds(user.createdAt),
  updated_at: printSeconds(user.updatedAt),
  deleted_at: user.deletedAt === null ? null : printSeconds(user.deletedAt),
  zendesk_user_id: user.zendeskUserId,
  identity_type: user.identityType,
})
