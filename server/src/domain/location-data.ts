import type { AccountKey } from './accounts.ts'
import type { Page } from './pages.ts'

/** That somebody saw the precise place of another user at a visit. */
export interface Look {
  /** Whose place it is. */
  readonly userId: number
  readonly visitId: number
  readonly viewerId: number
  /** In ms. */
  readonly at: number
}

/** A visit that shows where its creator was. */
export interface LocatedVisit {
  readonly visitId: number
  readonly creatorId: number
}

/** A visit that holds where its creator was. */
export interface HeldPlace {
  readonly id: number
  /** In ms. */
  readonly createdAt: number
  /** Whether it was judged elsewhere, so that its place stays as it was imported. */
  readonly isImported: boolean
}

/** What is held about where users were, outside of any transaction. */
export interface LocationDataReads {
  sharesLocation(account: AccountKey, userId: number): Promise<boolean>
  /** Those of a user's visits that hold a place, in parts, so that none takes long. */
  held(account: AccountKey, userId: number): AsyncIterable<readonly HeldPlace[]>
  /** Who looked at the user's places, the newest first. */
  listLooks(
    account: AccountKey,
    userId: number,
    part: { readonly offset: number; readonly limit: number },
  ): Promise<Page<Look>>
  /** Saves looks; one of the same hour, viewer and visit is replaced. */
  saveLooks(account: AccountKey, looks: readonly Look[]): Promise<void>
  /** Deletes looks before `before` (ms), at most `limit` of them; answers how many. */
  dropLooks(account: AccountKey, before: number, limit: number): Promise<number>
}
