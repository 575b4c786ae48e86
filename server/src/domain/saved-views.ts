import type { AccountKey } from './accounts.ts'
import type { Page, PageRequest } from './pages.ts'

/** A query of the list of visits that a user keeps. Times in ms. */
export interface SavedView {
  readonly id: number
  readonly creatorId: number
  readonly name: string
  /** As in a URL, without the question mark. */
  readonly query: string
  readonly columns: readonly string[]
  /** Whether everyone in the account sees it. */
  readonly isShared: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** The attributes that lists can be sorted by. */
export type SavedViewSort = 'id' | 'name'

/** Saved views, outside of any transaction. */
export interface SavedViewReads {
  /** The user's own views and those that others share. */
  list(
    account: AccountKey,
    userId: number,
    page: PageRequest<SavedViewSort>,
  ): Promise<Page<SavedView>>
}

/** Queries of saved views. */
export interface SavedViewQueries {
  find(id: number): Promise<SavedView | undefined>
  /** How many the user has made. */
  countOf(userId: number): Promise<number>
}

/** Saved views, in a transaction. */
export interface SavedViewWrites extends SavedViewQueries {
  nextId(): Promise<number>
  /** Adds or replaces. */
  save(view: SavedView): Promise<void>
  remove(id: number): Promise<void>
}
