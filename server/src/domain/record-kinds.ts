import { type AttributeReader, type Attributes, id, isAttributes } from './record-attributes.ts'
import type { SalesRecord } from './records.ts'
import type { ResourceKind } from './visits.ts'

/** What is wrong with one attribute; `field` is a JSON pointer into `data`. */
export interface AttributeProblem {
  readonly field: string
  readonly code: 'missing' | 'blank' | 'incorrect_value'
  readonly why: string
}

/** An attempt to write: what is there, what the client gives, and what would be there then. */
export interface Attempt {
  /** undefined: the record is to be created. */
  readonly before: Attributes | undefined
  readonly given: Attributes
  readonly after: Attributes
}

/** What makes a lead a lead, and a contact a contact. */
export interface RecordKind {
  readonly name: ResourceKind
  /** Every attribute of this kind's own, in the order in which it is answered. */
  readonly readers: Readonly<Record<string, AttributeReader>>
  /** Attributes that name organizations among the contacts. */
  readonly contactReferences: readonly string[]
  /** Adds what follows from the other attributes. */
  readonly complete?: (attributes: Attributes) => Attributes
  readonly findProblems: (attempt: Attempt) => readonly AttributeProblem[]
}

/** All attributes of this kind, with what is answered where nothing is kept. */
export function readAttributes({ readers, complete }: RecordKind, kept: Attributes): Attributes {
  const read = Object.fromEntries(
    Object.entries(readers).map(([name, reader]) => [name, reader(kept[name])]),
  )
  return complete ? complete(read) : read
}

export function keptAttributes({ attributes }: Pick<SalesRecord, 'attributes'>): Attributes {
  const kept: unknown = JSON.parse(attributes)
  return isAttributes(kept) ? kept : {}
}

export function creatorOf(kept: Attributes): number | null {
  const creator = id(kept['creator_id'])
  return typeof creator === 'number' ? creator : null
}
