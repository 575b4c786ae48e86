/** The attributes of a lead or contact by their names in the API; JSON values. */
export type Attributes = Readonly<Record<string, unknown>>

/**
 * Turns the stored value of an attribute into the one that the API answers. Imported values are
 * stored as Sell sent them, so they may be absent or of another type.
 */
export type AttributeReader = (stored: unknown) => unknown

/** A string; null: absent. */
export const text: AttributeReader = (stored) => {
  if (typeof stored === 'string') return stored
  return typeof stored === 'number' ? String(stored) : null
}

/** A string, or the default. */
export const textOr =
  (byDefault: string): AttributeReader =>
  (stored) =>
    typeof stored === 'string' && stored !== '' ? stored : byDefault

/** One of the words, or the default. */
export const wordOr =
  (words: readonly string[], byDefault: string): AttributeReader =>
  (stored) =>
    words.find((word) => word === stored) ?? byDefault

/** A positive whole number; null: absent. */
export const id: AttributeReader = (stored) =>
  typeof stored === 'number' && Number.isSafeInteger(stored) && stored > 0 ? stored : null

/** True or false; absent is false. */
export const flag: AttributeReader = (stored) => stored === true

/** A list of strings. */
export const tags: AttributeReader = (stored) =>
  Array.isArray(stored) ? stored.filter((tag) => typeof tag === 'string') : []

/** Custom fields by name. */
export const fields: AttributeReader = (stored) => (isAttributes(stored) ? stored : {})

/** The parts of an address in the order in which the API answers them. */
export const addressParts = ['line1', 'city', 'postal_code', 'state', 'country'] as const

/** An address with all its parts; null: absent. */
export const address: AttributeReader = (stored) =>
  isAttributes(stored)
    ? Object.fromEntries(addressParts.map((part) => [part, text(stored[part])]))
    : null

/** Whether a JSON value is an object. */
export const isAttributes = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether an attribute is absent, null or blank text. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/** Attributes of both kinds besides names and addresses, in the order of the API's answers. */
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
