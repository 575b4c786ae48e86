import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { ResourceKind } from './visits.ts'

/** `pending` until a manager or an admin decides. */
export type PinChangeStatus = 'pending' | 'approved' | 'rejected'

/** A proposal to move the pin of a lead or contact. Degrees, WGS 84; times in ms. */
export interface PinChange {
  readonly id: number
  readonly creatorId: number
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  readonly latitude: number
  readonly longitude: number
  readonly note: string | null
  readonly status: PinChangeStatus
  readonly decidedBy: number | null
  readonly decidedAt: number | null
  readonly createdAt: number
}

/** What a user proposes. */
export type PinProposal = Pick<
  PinChange,
  'resourceKind' | 'resourceId' | 'latitude' | 'longitude' | 'note'
>

/** Pin changes, outside of any transaction. */
export interface PinChangeReads {
  /** `creators`: the users whose proposals to list; undefined: all users. */
  list(
    account: AccountKey,
    filter: {
      readonly status: PinChangeStatus | undefined
      readonly creators: readonly number[] | undefined
    },
    page: PageRequest<'id'>,
  ): Promise<Page<PinChange>>
  /** How many wait for a decision; of these users, undefined: of all. */
  countPending(account: AccountKey, creators: readonly number[] | undefined): Promise<number>
}

/** Queries of pin changes. */
export interface PinChangeQueries {
  find(id: number): Promise<PinChange | undefined>
}

/** Pin changes, in a transaction. */
export interface PinChangeWrites extends PinChangeQueries {
  nextId(): Promise<number>
  save(change: PinChange): Promise<void>
}
