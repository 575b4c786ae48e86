export type UserRole = 'user' | 'admin'
export type UserStatus = 'active' | 'inactive'
export type IdentityType = 'person' | 'integration'

export interface Named {
  readonly id: number
  readonly name: string
}

/** A member of the team. Times are ms since 1970. */
export interface User {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly status: UserStatus
  readonly invited: boolean
  readonly confirmed: boolean
  readonly phoneNumber: string | null
  readonly role: UserRole
  readonly roles: readonly Named[]
  readonly teamName: string | null
  readonly group: Named | null
  readonly reportsTo: number | null
  readonly timezone: string | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt: number | null
  readonly zendeskUserId: string | null
  readonly identityType: IdentityType
}

/** Ids that are given here start far above those that Sell has given. */
export const firstLocalId = 2_000_000_000

const emailPattern = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/

export const isEmail = (text: string): boolean => emailPattern.test(text)

/** A person who is added here rather than imported. */
export function newUser(
  given: Pick<User, 'id' | 'name' | 'email' | 'role' | 'reportsTo'>,
  now: number,
): User {
  return {
    ...given,
    status: 'active',
    invited: false,
    confirmed: true,
    phoneNumber: null,
    roles: [],
    teamName: null,
    group: null,
    timezone: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    zendeskUserId: null,
    identityType: 'person',
  }
}
