import type { AccountKey } from './accounts.ts'
import type { Page, PageRequest } from './pages.ts'
import type { ResourceKind } from './visits.ts'

/** Types of Sell's custom fields. */
export const fieldTypes = [
  'address',
  'bool',
  'date',
  'datetime',
  'email',
  'list',
  'multi_select_list',
  'number',
  'phone',
  'string',
  'text',
  'url',
] as const
export type FieldType = (typeof fieldTypes)[number]

/** A value that a field of type `list` or `multi_select_list` can have. */
export interface FieldChoice {
  readonly id: number
  readonly name: string
}

/** An attribute that leads or contacts have beside those of Sell. Times in ms. */
export interface CustomField {
  readonly id: number
  readonly resourceKind: ResourceKind
  readonly name: string
  readonly type: FieldType
  /** null: the type has none. */
  readonly choices: readonly FieldChoice[] | null
  /** Of contacts: whether organizations have it, and whether people have it. */
  readonly forCompany: boolean
  readonly forContact: boolean
  /** Only the values of records have shown it. */
  readonly isDerived: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** Whether fields of this type have choices. */
export const hasChoices = (type: FieldType): boolean =>
  type === 'list' || type === 'multi_select_list'

/** Custom fields, outside of any transaction. */
export interface CustomFieldReads {
  list(
    account: AccountKey,
    kind: ResourceKind,
    ids: readonly number[] | undefined,
    page: PageRequest<'id'>,
  ): Promise<Page<CustomField>>
  /** Up to which id stored records have been searched for names; undefined: all have been. */
  findSearched(account: AccountKey, kind: ResourceKind): Promise<number | undefined>
}

/** Queries of custom fields. */
export interface CustomFieldQueries {
  find(kind: ResourceKind, ids: readonly number[]): Promise<Map<number, CustomField>>
  /** Fields with one of these names, whatever the case. */
  findByName(kind: ResourceKind, names: readonly string[]): Promise<CustomField[]>
}

/** Custom fields, in a transaction. */
export interface CustomFieldWrites extends CustomFieldQueries {
  count(kind: ResourceKind): Promise<number>
  /** Adds or replaces. */
  save(fields: readonly CustomField[]): Promise<void>
  remove(kind: ResourceKind, ids: readonly number[]): Promise<void>
  /** Up to which id stored records have been searched for names; undefined: all have been. */
  setSearched(kind: ResourceKind, afterId: number | undefined): Promise<void>
}
