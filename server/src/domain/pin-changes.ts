import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { ResourceKind } from './visits.ts'

/** `pending` until a manager says yes or no. */
export type PinChangeStatus = 'pending' | 'approved' | 'rejected'

/** Somebody on site says where a lead or contact really is. Degrees, WGS 84; times in ms. */
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

export type PinProposal = Pick<
  PinChange,
  'resourceKind' | 'resourceId' | 'latitude' | 'longitude' | 'note'
>

export interface PinChangeReads {
  /** `creators`: only by these; undefined: by anybody. */
  list(
    account: AccountKey,
    filter: {
      readonly status: PinChangeStatus | undefined
      readonly creators: readonly number[] | undefined
    },
    page: PageRequest<'id'>,
  ): Promise<Page<PinChange>>
}

export interface PinChangeQueries {
  find(id: number): Promise<PinChange | undefined>
}

export interface PinChangeWrites extends PinChangeQueries {
  nextId(): Promise<number>
  save(change: PinChange): Promise<void>
}
