import type { Generated } from 'kysely'

/** A lead, contact or user as it is found by typing. */
export interface SearchedTable {
  /** In the order in which objects were first stored. */
  doc_id: Generated<number>
  account_id: number
  /** Position in `searchedKinds`. */
  kind: number
  id: number
  name: string
  /** A word that names account and kind, then the folded words, separated by spaces. */
  words: string
}
