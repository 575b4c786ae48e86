import type { AccountKey } from './accounts.ts'
import type { Page, PageRequest } from './pages.ts'
import type { ResourceKind } from './visits.ts'

/** Names that leads and contacts bear, or are chosen from. Only tags have lists of both kinds. */
export type LabelList = 'tags' | 'lead_statuses' | 'lead_sources'

/** A tag, a lead status or a lead source. Times in ms. */
export interface Label {
  readonly id: number
  readonly resourceKind: ResourceKind
  readonly name: string
  /** null: unknown. */
  readonly creatorId: number | null
  /** Of a new account; an imported list replaces it. */
  readonly isDefault: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

export type LabelSort = 'id' | 'name' | 'created_at' | 'updated_at'

/** Conditions that must all match exactly. */
export interface LabelFilter {
  readonly ids?: readonly number[] | undefined
  readonly name?: string | undefined
  readonly resourceKind?: ResourceKind | undefined
  readonly creatorId?: number | undefined
}

/** Labels, outside of any transaction. */
export interface LabelReads {
  list(
    account: AccountKey,
    list: LabelList,
    filter: LabelFilter,
    page: PageRequest<LabelSort>,
  ): Promise<Page<Label>>
}

/** Queries of labels. */
export interface LabelQueries {
  find(list: LabelList, ids: readonly number[]): Promise<Map<number, Label>>
  /** Labels with one of these names, whatever the case. */
  findByName(list: LabelList, kind: ResourceKind, names: readonly string[]): Promise<Label[]>
}

/** Labels, in a transaction. */
export interface LabelWrites extends LabelQueries {
  /** The next id for a label or custom field that is created here. */
  nextId(): Promise<number>
  count(list: LabelList, kind: ResourceKind): Promise<number>
  /** Adds or replaces. */
  save(list: LabelList, labels: readonly Label[]): Promise<void>
  remove(list: LabelList, ids: readonly number[]): Promise<void>
  /** Removes those of a new account. */
  removeDefaults(list: LabelList): Promise<void>
}

/** Equal for names that differ only in case and outer spaces. */
export const nameKey = (name: string): string => name.trim().toLowerCase()
