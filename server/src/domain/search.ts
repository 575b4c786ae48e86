import type { AccountKey } from './accounts.ts'
import type { Viewer } from './actor.ts'
import { contactKind } from './contacts.ts'
import { leadKind } from './leads.ts'
import { inOneLine } from './record-address.ts'
import { type Attributes, isBlank } from './record-attributes.ts'
import { readAttributes, storedAttributes } from './record-kinds.ts'
import type { SalesRecord } from './records.ts'
import type { User } from './users.ts'
import type { ResourceKind } from './visits.ts'
import { digitsOf, type WordQuery, wordsOf } from './words.ts'

/** What can be found by typing. */
export const searchedKinds = ['lead', 'contact', 'user'] as const satisfies readonly (
  | ResourceKind
  | 'user'
)[]
export type SearchedKind = (typeof searchedKinds)[number]

/** What is typed, by whom, and what to look through. */
export interface SearchRequest {
  readonly query: WordQuery
  readonly kinds: readonly SearchedKind[]
  readonly limit: number
  /** In degrees; undefined: the last visited come first. */
  readonly near: { readonly latitude: number; readonly longitude: number } | undefined
  readonly viewer: Viewer
}

/** A lead, contact or user that was found. `detail`: a second line to tell it from others. */
export interface SearchHit {
  readonly kind: SearchedKind
  readonly id: number
  readonly name: string
  readonly detail: string | null
  readonly ownerId: number | null
  readonly latitude: number | null
  readonly longitude: number | null
}

/** What matches, before it is read. */
export type SearchMatch = Pick<SearchHit, 'kind' | 'id' | 'name'>

/** Searching, outside of any transaction. */
export interface SearchReads {
  /** The best matches first. Throws `unavailable` until everything stored has been indexed. */
  find(account: AccountKey, request: SearchRequest): Promise<SearchHit[]>
  /** Whether everything stored is in the index; writes keep it so. */
  isComplete(account: AccountKey): Promise<boolean>
}

/** The index of an account, in a transaction. */
export interface SearchWrites {
  /**
   * Indexes objects of this kind whose ids are above `afterId`, at most `limit`, by id. Answers the
   * last id; undefined: there was none.
   */
  index(kind: SearchedKind, afterId: number, limit: number): Promise<number | undefined>
  /** Everything stored has been indexed. */
  setComplete(): Promise<void>
}

/** Of a record with more different words, the others are not found: it has 200 tags, or a long name. */
const wordsMax = 500

/** What a lead or contact is called, from its attributes as the API answers them. */
export function nameOf(kind: ResourceKind, attributes: Attributes): string {
  const { name, organization_name, first_name, last_name } = attributes
  if (kind === 'contact') return typeof name === 'string' ? name : ''
  const person = [first_name, last_name].filter((part) => !isBlank(part)).join(' ')
  return person === '' && typeof organization_name === 'string' ? organization_name : person
}

/** The name of a lead or contact, and the words by which it is found. */
export function describeRecord(
  kind: ResourceKind,
  record: SalesRecord,
): { readonly name: string; readonly words: readonly string[] } {
  const recordKind = kind === 'lead' ? leadKind : contactKind
  const attributes = readAttributes(recordKind, storedAttributes(record))
  const { organization_name, first_name, last_name, email, address, tags } = attributes
  const name = nameOf(kind, attributes)
  const texts = [name, organization_name, first_name, last_name, email, inOneLine(address)]
  const words = distinct([
    ...wordsOfAll(texts),
    ...phonesOf([attributes['phone'], attributes['mobile']]),
    ...wordsOfAll(Array.isArray(tags) ? tags : []),
  ])
  return { name, words }
}

/** The words by which a user is found. */
export const wordsOfUser = ({ name, email, phoneNumber }: User): string[] =>
  distinct([...wordsOfAll([name, email]), ...phonesOf([phoneNumber])])

const wordsOfAll = (texts: readonly unknown[]): string[] =>
  texts.flatMap((text) => (typeof text === 'string' ? wordsOf(text) : []))

const phonesOf = (phones: readonly unknown[]): string[] =>
  phones.flatMap((phone) => (typeof phone === 'string' ? (digitsOf(phone) ?? []) : []))

const distinct = (words: readonly string[]): string[] => [...new Set(words)].slice(0, wordsMax)
