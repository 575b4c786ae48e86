import type { AccountKey } from './accounts.ts'

export type ExternalKind = 'lead' | 'contact' | 'visit'

/** What a lead, contact or visit is called in the product that it was imported from. */
export interface ExternalId {
  readonly kind: ExternalKind
  /** The product, as whoever imported from it called it. */
  readonly source: string
  /** Unique for each kind and source. */
  readonly externalId: string
  readonly id: number
}

/** What one product calls an object. */
export type ExternalName = Pick<ExternalId, 'source' | 'externalId'>

/** Queries of external ids. */
export interface ExternalIdQueries {
  /** What other products call these objects, by id, sorted by source and external id. */
  findNames(kind: ExternalKind, ids: readonly number[]): Promise<Map<number, ExternalName[]>>
}

export interface ExternalIdReads {
  /** As in a transaction. */
  findNames(
    account: AccountKey,
    kind: ExternalKind,
    ids: readonly number[],
  ): Promise<Map<number, ExternalName[]>>
  /** The ids here of those that are known, by their external ids. */
  find(
    account: AccountKey,
    kind: ExternalKind,
    source: string,
    externalIds: readonly string[],
  ): Promise<Map<string, number>>
  /** The ids here; `source` undefined: of any source. */
  findIds(
    account: AccountKey,
    kind: ExternalKind,
    externalId: string,
    source: string | undefined,
  ): Promise<number[]>
}

export interface ExternalIdWrites extends ExternalIdQueries {
  save(externalIds: readonly ExternalId[]): Promise<void>
}
