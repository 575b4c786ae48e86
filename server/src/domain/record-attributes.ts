/** The attributes of a lead or contact by their names in the API; JSON values. */
export type Attributes = Readonly<Record<string, unknown>>

/**
 * Reads what is kept for an attribute: what was imported is as Sell answered it, and may be absent
 * or of another form than is answered here.
 */
export type AttributeReader = (kept: unknown) => unknown

export const text: AttributeReader = (kept) => {
  if (typeof kept === 'string') return kept
  return typeof kept === 'number' ? String(kept) : null
}

export const textOr =
  (byDefault: string): AttributeReader =>
  (kept) =>
    typeof kept === 'string' && kept !== '' ? kept : byDefault

export const wordOr =
  (words: readonly string[], byDefault: string): AttributeReader =>
  (kept) =>
    words.find((word) => word === kept) ?? byDefault

export const id: AttributeReader = (kept) =>
  typeof kept === 'number' && Number.isSafeInteger(kept) && kept > 0 ? kept : null

export const flag: AttributeReader = (kept) => kept === true

export const tags: AttributeReader = (kept) =>
  Array.isArray(kept) ? kept.filter((tag) => typeof tag === 'string') : []

export const fields: AttributeReader = (kept) => (isAttributes(kept) ? kept : {})

export const addressParts = ['line1', 'city', 'postal_code', 'state', 'country'] as const

export const address: AttributeReader = (kept) =>
  isAttributes(kept)
    ? Object.fromEntries(addressParts.map((part) => [part, text(kept[part])]))
    : null

export const isAttributes = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/** What both kinds have besides names and addresses, in the order in which it is answered. */
export const profile = {
  title: text,
  description: text,
  industry: text,
  website: text,
  email: text,
  phone: text,
  mobile: text,
  fax: text,
  twitter: text,
  facebook: text,
  linkedin: text,
  skype: text,
} as const satisfies Readonly<Record<string, AttributeReader>>
