import { Rejection } from '../attributes.ts'
import type { Columns } from './columns.ts'
import { hashOf, NumberTable } from './number-table.ts'
import type { TableKind } from './table-attributes.ts'

/** Rows of a file by the id of their lead, contact or visit. */
export class SeenRows {
  readonly #kind: TableKind
  readonly #columns: Columns
  /** The line, 32 bits of what the row says and, where there is such a column, `updated_at` in seconds. */
  readonly #seen: NumberTable

  constructor(kind: TableKind, columns: Columns) {
    this.#kind = kind
    this.#columns = columns
    this.#seen = new NumberTable(columns.has('updated_at') ? 3 : 2)
  }

  /**
   * Notes a row. Throws Rejection where an earlier one has the same id and other values, and no
   * `updated_at` of their own says which of them is the later one.
   */
  add(line: number, cells: readonly string[], { id, updated_at: at }: Attributes): void {
    const key = Number(id)
    const says = hashOf(this.#columns.attributes.map((name) => this.#text(name, cells)).join('\0'))
    const hasTime = this.#text('updated_at', cells) !== ''
    const seconds = hasTime ? Math.max(Math.floor(Date.parse(String(at)) / 1000), 1) : 0
    const row = Uint32Array.of(line, says, ...(this.#columns.has('updated_at') ? [seconds] : []))
    const [firstLine, first, firstSeconds = 0] = this.#seen.get(key) ?? []
    if (firstLine === undefined) return this.#seen.set(key, row)
    if (first === row[1]) return
    const areVersions = seconds > 0 && firstSeconds > 0 && seconds !== firstSeconds
    if (areVersions) return seconds > firstSeconds ? this.#seen.set(key, row) : undefined
    const name = this.#columns.has('external_id') ? 'external_id' : 'id'
    throw new Rejection(
      name,
      `line ${firstLine} is of the same ${this.#kind}, with other values: only that one is stored`,
    )
  }

  #text(attribute: string, cells: readonly string[]): string {
    try {
      return this.#columns.text(attribute, cells) ?? ''
    } catch (error) {
      if (error instanceof Rejection) return ''
      throw error
    }
  }
}

type Attributes = Readonly<Record<string, unknown>>
