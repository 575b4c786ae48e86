import type { Selectable } from 'kysely'

import type { Named, User } from '../../domain/users.ts'
import type { UsersTable } from './schema.ts'

/** The columns that saving a user writes. */
export function toRow(
  account: number,
  user: User,
): Omit<UsersTable, 'password_hash' | 'former_id' | 'shares_location'> {
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

export function toUser(row: Selectable<UsersTable>): User {
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
