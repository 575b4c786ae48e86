import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { SignInCandidate } from './sessions.ts'

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

export interface UserReads {
  find(account: AccountKey, id: number): Promise<User | undefined>
  /** The user and everyone below them. */
  findTeam(account: AccountKey, id: number): Promise<number[]>
  list(account: AccountKey, filter: UserFilter, page: PageRequest<UserSort>): Promise<Page<User>>
  /** The hash of the user's password; null when there is none. */
  findPassword(account: AccountKey, id: number): Promise<string | null>
  /** Active users of any account with this e-mail, at most `limit`. */
  findSignIns(email: string, limit: number): Promise<SignInCandidate[]>
}

export interface UserQueries {
  find(ids: readonly number[]): Promise<Map<number, User>>
  /** Keyed by the e-mail in lower case. */
  findByEmail(emails: readonly string[]): Promise<Map<string, User>>
  /** The user and everyone below them. */
  findTeam(id: number): Promise<Set<number>>
  /** Whether another user is an active admin. */
  hasOtherAdmin(id: number): Promise<boolean>
}

export interface UserWrites extends UserQueries {
  save(users: readonly User[]): Promise<void>
  /** Gives a user another id; tokens and reports follow. */
  changeId(from: number, to: number): Promise<void>
  setPassword(id: number, hash: string): Promise<void>
  /** The next id for a user who is added here. */
  nextId(): Promise<number>
}

export interface UserFilter {
  readonly ids?: readonly number[] | undefined
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly role?: string | undefined
  readonly roleId?: number | undefined
  readonly status?: string | undefined
  readonly confirmed?: boolean | undefined
  readonly zendeskUserIds?: readonly number[] | undefined
  readonly identityType?: string | undefined
}

export type UserSort = 'id' | 'name' | 'created_at' | 'updated_at'
