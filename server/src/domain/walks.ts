import type { AccountKey } from './accounts.ts'

/**
 * Where a walk through a list by cursor stands: after the row with this sort key and id. A walk
 * follows the keys as they were at `revision` of the account, when it began, so a row keeps its
 * place whatever others change.
 */
export interface WalkPlace {
  /** The restores of the account before it began. */
  readonly generation: number
  readonly revision: number
  /** The id where the list is sorted by id. */
  readonly key: string | number
  readonly id: number
}

/** What walks need besides the lists. */
export interface WalkReads {
  /**
   * Forgets up to `limit` keys that rows had until `ageMs` ago or longer; answers how many. Walks
   * that began before cannot go on.
   */
  dropFormerKeys(account: AccountKey, ageMs: number, limit: number): Promise<number>
}
