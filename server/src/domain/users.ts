import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { TimeBounds } from './ranges.ts'
import type { SignInCandidate } from './sessions.ts'

/** Rights in this server; `roles` of a user are Sell's. */
export type UserRole = 'user' | 'admin'
/** Inactive users cannot sign in or use tokens. */
export type UserStatus = 'active' | 'inactive'
/** Whether a user is a person or a program. */
export type IdentityType = 'person' | 'integration'

/** An object of which only id and name are stored. */
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
  /** The user's manager. */
  readonly reportsTo: number | null
  readonly timezone: string | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt: number | null
  readonly zendeskUserId: string | null
  readonly identityType: IdentityType
}

/** The ids that this server assigns start here, far above Sell's. */
export const firstLocalId = 2_000_000_000

const emailPattern = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/

/** Whether the text looks like an e-mail address. */
export const isEmail = (text: string): boolean => emailPattern.test(text)

/** An active user who is added here rather than imported. `now`: in ms. */
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

/** Users, outside of any transaction. */
export interface UserReads {
  find(account: AccountKey, id: number): Promise<User | undefined>
  /** Ids of the user and of everyone who reports to them, directly or not. */
  findTeam(account: AccountKey, id: number): Promise<number[]>
  list(account: AccountKey, filter: UserFilter, page: PageRequest<UserSort>): Promise<Page<User>>
  /** The hash of the user's password; null: there is none. */
  findPassword(account: AccountKey, id: number): Promise<string | null>
  /** Active users of any account with this e-mail address, at most `limit`. */
  findSignIns(email: string, limit: number): Promise<SignInCandidate[]>
}

/** Queries of users. */
export interface UserQueries {
  find(ids: readonly number[]): Promise<Map<number, User>>
  /** Users by their e-mail address in lower case. */
  findByEmail(emails: readonly string[]): Promise<Map<string, User>>
  /** Ids of the user and of everyone who reports to them, directly or not. */
  findTeam(id: number): Promise<Set<number>>
  /** Whether an active admin can sign in with a password. */
  hasAdminWithPassword(): Promise<boolean>
  /** The user's time zone, else the account's: `UTC+02:00`, or an IANA name. */
  findZone(id: number): Promise<string>
  /** Whether another user is an active admin. */
  hasOtherAdmin(id: number): Promise<boolean>
}

/** Users, in a transaction. */
export interface UserWrites extends UserQueries {
  save(users: readonly User[]): Promise<void>
  /**
   * Changes a user's id, as `changeReferences` does elsewhere. Visits, and the creators of leads and
   * contacts, stay.
   */
  changeId(from: number, to: number): Promise<void>
  /** Former ids that visits or records still name, by the present id; of these users. */
  findFormerIds(ids: readonly number[]): Promise<Map<number, number>>
  /** Changes the id in tokens, sessions, owners, proposals, and `reportsTo` of others. */
  changeReferences(from: number, to: number): Promise<void>
  setPassword(id: number, hash: string): Promise<void>
  /**
   * Deletes users with their tokens, sessions, grants and proposals. Nobody reports to them then.
   * They must own and have created no record, and have logged no visit.
   */
  remove(ids: readonly number[]): Promise<void>
  /** Whether check-ins of the user use the location that their phone reports. */
  setSharesLocation(id: number, isShared: boolean): Promise<void>
  /** The next id for a user who is added here. */
  nextId(): Promise<number>
}

/** Conditions that must all match. */
export interface UserFilter extends TimeBounds {
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

/** The attributes that lists can be sorted by. */
export type UserSort = 'id' | 'name' | 'created_at' | 'updated_at'
