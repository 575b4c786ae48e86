import { type AttributeReader, type Attributes, id, isAttributes } from './record-attributes.ts'
import type { SalesRecord } from './records.ts'
import type { ResourceKind } from './visits.ts'

/** A fault of one attribute. `field`: JSON pointer into `data`; `why`: the rest of a sentence. */
export interface AttributeProblem {
  readonly field: string
  readonly code: 'missing' | 'blank' | 'incorrect_value'
  readonly why: string
}

/** A write to check: the attributes before it, those that the client sends, and those after it. */
export interface Attempt {
  /** undefined: the record is new. */
  readonly before: Attributes | undefined
  readonly given: Attributes
  readonly after: Attributes
}

/** The differences between leads and contacts. */
export interface RecordKind {
  readonly name: ResourceKind
  /** Every attribute of this kind, in the order of the API's answers. */
  readonly readers: Readonly<Record<string, AttributeReader>>
  /** Attributes that name organizations among the contacts. */
  readonly contactReferences: readonly string[]
  /** Adds attributes that are derived from others. */
  readonly complete?: (attributes: Attributes) => Attributes
  readonly findProblems: (attempt: Attempt) => readonly AttributeProblem[]
}

/** All attributes of this kind as the API answers them, with defaults for absent ones. */
export function readAttributes({ readers, complete }: RecordKind, stored: Attributes): Attributes {
  const read = Object.fromEntries(
    Object.entries(readers).map(([name, reader]) => [name, reader(stored[name])]),
  )
  return complete ? complete(read) : read
}

/** The attributes of a record as they are stored. */
export function storedAttributes({ attributes }: Pick<SalesRecord, 'attributes'>): Attributes {
  const stored: unknown = JSON.parse(attributes)
  return isAttributes(stored) ? stored : {}
}

/** The id of the user who created the record; null: unknown. */
export function creatorOf(stored: Attributes): number | null {
  const creator = id(stored['creator_id'])
  return typeof creator === 'number' ? creator : null
}
