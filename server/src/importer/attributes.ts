import { parseTime } from '../domain/clock.ts'
import type { RowOption } from '../domain/file-imports.ts'

/** Why an object is rejected: the attribute at fault, and what is wrong with it. */
export class Rejection extends Error {
  readonly field: string
  /** Of tables: the option that takes the row. */
  readonly option: RowOption | undefined

  constructor(field: string, reason: string, option?: RowOption) {
    super(reason)
    this.name = 'Rejection'
    this.field = field
    this.option = option
  }
}

type Attributes = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the attributes of a foreign object. Throws Rejection for an invalid one. */
export class AttributeReader {
  readonly #attributes: Attributes
  readonly #pointer: string

  constructor(attributes: Attributes, pointer = '') {
    this.#attributes = attributes
    this.#pointer = pointer
  }

  has(name: string): boolean {
    return this.#attributes[name] !== undefined && this.#attributes[name] !== null
  }

  id(name: string): number {
    const id = this.optionalId(name)
    return id ?? this.#fail(name, 'must be a positive integer')
  }

  optionalId(name: string): number | null {
    if (!this.has(name)) return null
    const value = this.#attributes[name]
    const id = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
    if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return id
    return this.#fail(name, 'must be a positive integer')
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#fail(name, 'must be a string')
  }

  optionalText(name: string): string | null {
    if (!this.has(name)) return null
    const value = this.#attributes[name]
    return typeof value === 'string'
      ? storable(value)
      : this.#fail(name, 'must be a string or null')
  }

  /** ms since 1970 */
  time(name: string): number {
    return this.optionalTime(name) ?? this.#fail(name, 'must be a time in ISO 8601')
  }

  optionalTime(name: string): number | null {
    if (!this.has(name)) return null
    const value = this.#attributes[name]
    const time = typeof value === 'string' ? parseTime(value) : undefined
    const why = 'must be a time in ISO 8601, with Z or an offset, in the years 0001 to 9999'
    return time ?? this.#fail(name, why)
  }

  flag(name: string, byDefault: boolean): boolean {
    if (!this.has(name)) return byDefault
    const value = this.#attributes[name]
    return typeof value === 'boolean' ? value : this.#fail(name, 'must be true or false')
  }

  word<Word extends string>(name: string, words: readonly Word[], byDefault?: Word): Word {
    if (!this.has(name) && byDefault !== undefined) return byDefault
    const found = words.find((word) => word === this.#attributes[name])
    return found ?? this.#fail(name, `must be one of: ${words.join(', ')}`)
  }

  /** A number of degrees. */
  degrees(name: string, max: 90 | 180): number | null {
    if (!this.has(name)) return null
    const value = this.#attributes[name]
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number === 'number' && Math.abs(number) <= max) return number
    return this.#fail(name, `must be a number from -${max} to ${max}`)
  }

  object(name: string): AttributeReader | null {
    if (!this.has(name)) return null
    const value = this.#attributes[name]
    return isObject(value)
      ? new AttributeReader(value, `${this.#pointer}/${name}`)
      : this.#fail(name, 'must be an object or null')
  }

  objects(name: string): AttributeReader[] {
    if (!this.has(name)) return []
    const value = this.#attributes[name]
    if (!Array.isArray(value) || !value.every(isObject)) {
      return this.#fail(name, 'must be a list of objects')
    }
    return value.map((each, at) => new AttributeReader(each, `${this.#pointer}/${name}/${at}`))
  }

  #fail(name: string, reason: string): never {
    const given = JSON.stringify(this.#attributes[name])?.slice(0, 100) ?? 'nothing'
    throw new Rejection(`${this.#pointer}/${name}`, `${reason}, given: ${given}`)
  }
}

/** NOTE: JSON may hold U+0000 and lone surrogates. Databases reject both. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')
