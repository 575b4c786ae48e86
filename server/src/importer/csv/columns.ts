import { Rejection } from '../attributes.ts'
import { SourceError } from '../source-error.ts'
import { attributeOf, plainHeader, type TableKind } from './table-attributes.ts'

/** The headers of each mapped attribute: two of `visited_at=Date+Time`. */
export type HeaderMap = ReadonlyMap<string, readonly string[]>

/** What a preset says of columns besides a map. */
export interface ColumnRules {
  /** Attributes that have the same value in every row. */
  readonly constants: ReadonlyMap<string, string>
  /** Headers, in the order of choice, that are read where the mapped columns are empty. */
  readonly fallbacks: ReadonlyMap<string, readonly (readonly string[])[]>
}

const noRules: ColumnRules = { constants: new Map(), fallbacks: new Map() }

/** Which columns of a header go into which attribute. */
export class Columns {
  readonly header: readonly string[]
  readonly #byAttribute = new Map<string, number[][]>()
  readonly #passedOver = new Map<string, number>()
  readonly #constants: ReadonlyMap<string, string>
  /** Groups that are read where an attribute's own are empty, in this order. */
  readonly #fallbacks = new Map<string, number[][]>()
  readonly #unused: { readonly at: number; readonly header: string; cells: number }[] = []

  /**
   * `isWholeMap`: columns that the map does not name are left out, whatever their names. `rules`:
   * what a preset says besides. Throws SourceError where the map names a header that is not there.
   */
  constructor(
    name: string,
    kind: TableKind,
    header: readonly string[],
    map: HeaderMap,
    isWholeMap = false,
    { constants, fallbacks }: ColumnRules = noRules,
  ) {
    this.header = header
    this.#constants = constants
    const places = Map.groupBy(header.keys(), (at) => plainHeader(header[at] ?? ''))
    const used = new Set<number>()
    for (const [attribute, headers] of map) {
      const found = headers.map((wanted) => places.get(plainHeader(wanted)))
      const lacking = headers.filter((_, at) => found[at] === undefined)
      if (lacking.length > 0) {
        throw new SourceError(
          `${name} has no column ${lacking.join(', ')}, which the map names. It has: ${header.join(', ')}`,
          'map',
        )
      }
      for (const group of combine(found.map((each) => each ?? [])))
        this.#use(attribute, group, used)
    }
    for (const [attribute, choices] of fallbacks) {
      const placed = choices.map((headers) =>
        headers.flatMap((each) => places.get(plainHeader(each))?.[0] ?? []),
      )
      this.#fallbacks.set(attribute, placed)
    }
    for (const [at, each] of header.entries()) {
      const attribute = attributeOf(kind, each)
      const isMapped = attribute === undefined || isWholeMap || map.has(attribute)
      if (!isMapped && !used.has(at)) this.#use(attribute, [at], used)
    }
    this.#unused = [...header.entries()]
      .filter(([at]) => !used.has(at))
      .map(([at, each]) => ({ at, header: each, cells: 0 }))
  }

  #use(attribute: string, group: readonly number[], used: Set<number>): void {
    const groups = this.#byAttribute.get(attribute) ?? []
    this.#byAttribute.set(attribute, [...groups, [...group]])
    for (const at of group) used.add(at)
  }

  has(attribute: string): boolean {
    return this.#byAttribute.has(attribute)
  }

  /** What the column at this place becomes. */
  attributeAt(at: number): string | undefined {
    const found = [...this.#byAttribute].find(([, groups]) => groups.flat().includes(at))
    return found?.[0]
  }

  /** What the column at this place becomes where the attribute's own are empty. */
  fillsAt(at: number): string | undefined {
    return [...this.#fallbacks].find(([, groups]) => groups.flat().includes(at))?.[0]
  }

  get attributes(): readonly string[] {
    return [...this.#byAttribute.keys()]
  }

  /** Counts the cells of a row that are in no attribute. */
  countUnused(cells: readonly string[]): void {
    if (this.#unused.length === 0) return
    const read = [...this.#fallbacks.keys()].flatMap((name) => this.#fallback(name, cells))
    for (const column of this.#unused) {
      if ((cells[column.at] ?? '').trim() !== '' && !read.includes(column.at)) column.cells++
    }
  }

  /** Counts a cell with a value that another column of its row made needless. */
  passOver(attribute: string): void {
    this.#passedOver.set(attribute, (this.#passedOver.get(attribute) ?? 0) + 1)
  }

  /** Columns that were not imported, with how many cells of each had a value. */
  get unused(): { readonly header: string; readonly cells: number }[] {
    return [
      ...this.#unused
        .filter(({ at, cells }) => cells > 0 || !this.#isFallback(at))
        .map(({ header, cells }) => ({ header, cells })),
      ...[...this.#passedOver].map(([attribute, cells]) => ({
        header: this.label(attribute) ?? attribute,
        cells,
      })),
    ]
  }

  /** The headers that an attribute is read from, for messages. */
  label(attribute: string): string | undefined {
    const groups = this.#byAttribute.get(attribute)
    return groups?.map((group) => group.map((at) => this.header[at]?.trim()).join(' + ')).join(', ')
  }

  /**
   * The text for an attribute; undefined: its cells are empty. Throws Rejection where two columns that
   * mean the same attribute differ.
   */
  text(attribute: string, cells: readonly string[]): string | undefined {
    const groups = this.#byAttribute.get(attribute)
    if (groups === undefined) return this.#elsewhere(attribute, cells)
    let text: string | undefined
    for (const group of groups) {
      const found = joined(group, cells)
      if (found === undefined || found === text) continue
      if (text !== undefined) {
        const values = `${JSON.stringify(text)} and ${JSON.stringify(found)}`
        throw new Rejection(
          attribute,
          `the columns ${this.label(attribute)} mean the same attribute, and hold ${values.slice(0, 200)}`,
        )
      }
      text = found
    }
    return text ?? this.#elsewhere(attribute, cells)
  }

  /** What a preset says of an attribute whose own columns are empty. */
  #elsewhere(attribute: string, cells: readonly string[]): string | undefined {
    const fallback = this.#fallbacks.size === 0 ? [] : this.#fallback(attribute, cells)
    return joined(fallback, cells) ?? this.#constants.get(attribute)
  }

  /** The first fallback that has a value, where the attribute's own columns are empty. */
  #fallback(attribute: string, cells: readonly string[]): readonly number[] {
    const groups = this.#fallbacks.get(attribute) ?? []
    const own = this.#byAttribute.get(attribute) ?? []
    if (groups.length === 0 || own.some((group) => joined(group, cells) !== undefined)) return []
    return groups.find((group) => joined(group, cells) !== undefined) ?? []
  }

  #isFallback(at: number): boolean {
    return [...this.#fallbacks.values()].some((groups) => groups.flat().includes(at))
  }
}

/** undefined: all of them are empty. */
function joined(group: readonly number[], cells: readonly string[]): string | undefined {
  const [only] = group
  if (only === undefined) return undefined
  if (group.length === 1) {
    const text = (cells[only] ?? '').trim()
    return text === '' ? undefined : text
  }
  const parts = group.map((at) => (cells[at] ?? '').trim()).filter((part) => part !== '')
  return parts.length === 0 ? undefined : parts.join(' ')
}

/** How many cells of a header would be imported. */
export function countKnown(kind: TableKind, map: HeaderMap, cells: readonly string[]): number {
  const mapped = new Set([...map.values()].flat().map(plainHeader))
  return cells.filter(
    (cell) => mapped.has(plainHeader(cell)) || attributeOf(kind, cell) !== undefined,
  ).length
}

/** One group per column of a header that stands several times; one group of several headers. */
function combine(places: readonly (readonly number[])[]): number[][] {
  const [first, ...others] = places
  if (first && others.length === 0) return first.map((at) => [at])
  return [places.flatMap(([at]) => (at === undefined ? [] : [at]))]
}
