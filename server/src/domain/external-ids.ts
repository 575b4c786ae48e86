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

export interface ExternalIdReads {
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

export interface ExternalIdWrites {
  save(externalIds: readonly ExternalId[]): Promise<void>
}
