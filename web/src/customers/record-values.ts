import type { Contact } from '@doorstep/contract/contacts'
import type { Lead } from '@doorstep/contract/leads'

import type { RecordChange } from '../api/customers.ts'

/** What the form asks of a lead, a person, or an organization. */
export type FormKind = 'lead' | 'person' | 'organization'

export const nameFields = ['company', 'firstName', 'lastName'] as const
export const addressFields = ['line1', 'postalCode', 'city', 'state', 'country'] as const
export const otherFields = ['phone', 'email'] as const
/** What only the form of a whole record has. */
export const moreFields = ['title', 'mobile', 'website', 'tags'] as const
const allFields = [...nameFields, ...addressFields, ...otherFields, ...moreFields, 'owner'] as const

export type Field = (typeof allFields)[number]
export type Values = Readonly<Record<Field, string>>

export const noValues: Values = {
  company: '',
  firstName: '',
  lastName: '',
  line1: '',
  postalCode: '',
  city: '',
  state: '',
  country: '',
  phone: '',
  email: '',
  title: '',
  mobile: '',
  website: '',
  tags: '',
  owner: '',
}

export const isLead = (record: Lead | Contact): record is Lead => 'organization_name' in record

export function formKindOf(record: Lead | Contact): FormKind {
  if (isLead(record)) return 'lead'
  return record.is_organization ? 'organization' : 'person'
}

export function valuesOf(record: Lead | Contact): Values {
  const { address, phone, email, owner_id: owner } = record
  const company = isLead(record) ? record.organization_name : record.name
  return {
    company: (formKindOf(record) === 'person' ? '' : company) ?? '',
    firstName: record.first_name ?? '',
    lastName: record.last_name ?? '',
    line1: address?.line1 ?? '',
    postalCode: address?.postal_code ?? '',
    city: address?.city ?? '',
    state: address?.state ?? '',
    country: address?.country ?? '',
    phone: phone ?? '',
    email: email ?? '',
    title: record.title ?? '',
    mobile: record.mobile ?? '',
    website: record.website ?? '',
    tags: record.tags.join(', '),
    owner: owner === null ? '' : String(owner),
  }
}

const attributeOf = {
  firstName: 'first_name',
  lastName: 'last_name',
  phone: 'phone',
  email: 'email',
  title: 'title',
  mobile: 'mobile',
  website: 'website',
} as const

const partOf = {
  line1: 'line1',
  postalCode: 'postal_code',
  city: 'city',
  state: 'state',
  country: 'country',
} as const

const isIn = <Name extends string>(
  names: Readonly<Record<Name, string>>,
  name: string,
): name is Name => name in names

const piecesOf = (text: string): string[] => text.split(',').map((piece) => piece.trim())

/** Commas separate tags, but not inside a known one, which can hold any text. */
function tagsIn(text: string, known: readonly string[]): string[] {
  const left = known
    .map((tag) => ({ tag, pieces: piecesOf(tag) }))
    .toSorted((a, b) => b.pieces.length - a.pieces.length)
  const pieces = piecesOf(text)
  const tags = new Set<string>()
  for (let at = 0; at < pieces.length;) {
    const index = left.findIndex((each) =>
      each.pieces.every((piece, offset) => piece === pieces[at + offset]),
    )
    const [found] = index === -1 ? [] : left.splice(index, 1)
    const tag = found?.tag ?? pieces[at] ?? ''
    if (tag !== '') tags.add(tag)
    at += found?.pieces.length ?? 1
  }
  return [...tags]
}

const orNull = (text: string): string | null => text.trim() || null

/**
 * What has to be sent so that a record with the values `before` has those of `after`.
 * `tags`: those that the record has.
 */
export function changeFrom(
  kind: FormKind,
  before: Values,
  after: Values,
  tags: readonly string[] = [],
): RecordChange {
  const change: { -readonly [Name in keyof RecordChange]: RecordChange[Name] } = {}
  const parts: Record<string, string | null> = {}
  for (const field of allFields) {
    if (before[field].trim() === after[field].trim()) continue
    const value = orNull(after[field])
    if (isIn(attributeOf, field)) change[attributeOf[field]] = value
    else if (isIn(partOf, field)) parts[partOf[field]] = value
    else if (field === 'tags') change.tags = tagsIn(after.tags, tags)
    else if (field === 'owner') change.owner_id = value === null ? null : Number(value)
    else if (kind === 'lead') change.organization_name = value
    else change.name = value
  }
  if (Object.keys(parts).length > 0) change.address = parts
  return change
}

/** Whether the names suffice. */
export const hasName = (kind: FormKind, values: Values): boolean =>
  (kind !== 'person' && values.company.trim() !== '') ||
  (kind !== 'organization' && values.lastName.trim() !== '')
