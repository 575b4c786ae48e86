import { Rejection } from '../attributes.ts'
import type { Columns } from './columns.ts'

/** The cells of a row by attribute. Throws Rejection, with the attribute, for a value it cannot read. */
export class Cells {
  readonly #columns: Columns
  readonly #cells: readonly string[]

  constructor(columns: Columns, cells: readonly string[]) {
    this.#columns = columns
    this.#cells = cells
  }

  text(attribute: string): string | undefined {
    return this.#columns.text(attribute, this.#cells)
  }

  has(attribute: string): boolean {
    return this.text(attribute) !== undefined
  }

  /** The first of the attributes that has a value; the values of the others are noted as not imported. */
  first<Name extends string>(...attributes: readonly Name[]): Name | undefined {
    let taken: Name | undefined
    for (const attribute of attributes) {
      if (!this.has(attribute)) continue
      if (taken === undefined) taken = attribute
      else this.#columns.passOver(attribute)
    }
    return taken
  }

  get attributes(): readonly string[] {
    return this.#columns.attributes
  }

  /** A number as the source counts, also as spreadsheets write it: `7001.0`. */
  id(attribute: string): number | undefined {
    const text = this.text(attribute)
    if (text === undefined) return undefined
    const id = readId(text)
    if (id !== undefined) return id
    const why = lossy.test(text)
      ? 'has lost its last digits, as spreadsheets shorten numbers'
      : 'must be a positive integer without separators'
    throw new Rejection(attribute, `${why}, given: ${quote(text)}`)
  }

  /** Where a visit took place, or a record lies. undefined: both cells are empty. */
  position(): { latitude: number; longitude: number } | undefined {
    const [latitude, longitude] = ['latitude', 'longitude'].map((name) => this.text(name))
    if (latitude === undefined && longitude === undefined) return undefined
    if (latitude === undefined || longitude === undefined) {
      const lacking = latitude === undefined ? 'latitude' : 'longitude'
      throw new Rejection(lacking, `a position needs both numbers, and the ${lacking} is empty`)
    }
    const numbers = { latitude: degrees(latitude), longitude: degrees(longitude) }
    const isLongitude = Math.abs(numbers.latitude) > 90 && Math.abs(numbers.latitude) <= 180
    if (isLongitude && Math.abs(numbers.longitude) <= 90) {
      const given = `${latitude}, ${longitude}`
      throw new Rejection('latitude', `latitude and longitude seem to be swapped, given: ${given}`)
    }
    const why = (max: number) => `must be a number of degrees from -${max} to ${max}, given: `
    if (!(Math.abs(numbers.latitude) <= 90)) {
      throw new Rejection('latitude', why(90) + quote(latitude))
    }
    if (!(Math.abs(numbers.longitude) <= 180)) {
      throw new Rejection('longitude', why(180) + quote(longitude))
    }
    return numbers
  }
}

export const quote = (text: string): string => JSON.stringify(text.slice(0, 100))

const lossy = /^\d(?:[.,]\d+)?E\+\d+$/i

/** undefined: the text is no id. */
export function readId(text: string): number | undefined {
  const digits = /^(\d{1,16})(?:\.0+)?$/.exec(text)?.[1] ?? exactPower(text)
  const id = Number(digits)
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

/** `7.001E+03`, which is 7001; undefined for `1.2E+10`, whose last digits are lost. */
function exactPower(text: string): string | undefined {
  const found = /^(\d)(?:\.(\d+))?E\+(\d+)$/i.exec(text)
  if (!found) return undefined
  const [, first = '', decimals = '', power] = found
  return decimals.length === Number(power) ? first + decimals : undefined
}

/** Degrees with a decimal point or comma; NaN: it is no number. */
function degrees(text: string): number {
  const plain = /^[+-]?\d{1,3}(?:[.,]\d*)?$/.test(text) ? text.replace(',', '.') : 'none'
  return Number(plain)
}
