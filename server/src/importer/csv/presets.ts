import { readFileSync } from 'node:fs'

import type { FoundPreset, PresetName } from '../../domain/file-imports.ts'
import { programFiles } from '../../program-files.ts'
import { isObject } from '../attributes.ts'
import type { Source } from '../files/sources.ts'
import { SourceError } from '../source-error.ts'
import { openTable, type TableReading } from './open-table.ts'
import { isAttribute, plainHeader, type TableKind, tableKinds } from './table-attributes.ts'

/** Products whose exports are read without a map; `presets/` has what is known of each. */
export const presetNames = ['hubspot', 'pipedrive', 'salesforce'] as const satisfies PresetName[]

/** What a product exports into one file. */
interface PresetTable {
  /** As the product calls it. */
  readonly name: string
  readonly kind: TableKind
  /** Whose ids `external_id` holds: products may number each of their tables from 1. */
  readonly source: string
  /** Headers by which the file is recognised. */
  readonly needs: readonly string[]
  /** For each attribute, headers in the order of choice; two that are joined have a `+`. */
  readonly map: ReadonlyMap<string, readonly string[]>
  /** What every row is. */
  readonly constants: ReadonlyMap<string, string>
}

interface Preset {
  readonly product: string
  readonly tables: readonly PresetTable[]
}

function readPreset(name: PresetName): Preset {
  const file = new URL(`${name}.json`, programFiles.presets)
  const { product, tables } = object(JSON.parse(readFileSync(file, 'utf8')))
  if (!Array.isArray(tables)) throw new Error(`${file} has no tables`)
  return { product: String(product), tables: tables.map(readPresetTable) }
}

function readPresetTable(given: unknown): PresetTable {
  const { name, kind: word, source, needs, map, set } = object(given)
  const kind = tableKinds.find((known) => known === word)
  const texts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String)
  const pairs = Object.entries(object(map)).map(
    ([attribute, headers]) => [attribute, texts(headers)] as const,
  )
  if (!kind || !pairs.every(([attribute]) => isAttribute(kind, attribute))) {
    throw new Error(`the table ${String(name)} of a preset has another kind or attribute`)
  }
  const constants = Object.entries(object(set)).map(([key, text]) => [key, String(text)] as const)
  return {
    name: String(name),
    kind,
    source: String(source),
    needs: texts(needs),
    map: new Map(pairs),
    constants: new Map(constants),
  }
}

const object = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {})

/** The product that exports a file of these columns. */
export function findPreset(header: readonly string[]): Omit<FoundPreset, 'isUsed'> | undefined {
  const cells = new Set(header.map(plainHeader))
  for (const name of presetNames) {
    const { product, tables } = readPreset(name)
    const found = findTable(tables, cells)
    if (found) return { name, product, table: found.name }
  }
  return undefined
}

const findTable = (tables: readonly PresetTable[], cells: ReadonlySet<string>) =>
  tables.find(({ needs }) => needs.every((each) => cells.has(plainHeader(each))))

/**
 * How each of the files is read that the product exported; the others are left out. `reading`: what
 * the preset does not say; a map in it says what the columns become. Throws SourceError where none of
 * them is known.
 */
export async function readingsOf(
  name: PresetName,
  sources: readonly Source[],
  reading: TableReading,
): Promise<Map<Source, TableReading>> {
  const { product, tables } = readPreset(name)
  const known = new Set(tables.flatMap(({ map }) => [...map.values()].flat()).flatMap(headersOf))
  const countKnown = (cells: readonly string[]): number =>
    cells.filter((cell) => known.has(plainHeader(cell))).length
  const readings = new Map<Source, TableReading>()
  for (const source of sources) {
    if (source.sizeBytes === undefined) {
      throw new SourceError(`${source.name} can be read once only: a preset needs a file`)
    }
    const unmapped = { ...reading, map: new Map(), countKnown }
    const { table } = await openTable('contact', source, unmapped, () => {})
    await table.close()
    const cells = new Set(table.header.cells.map(plainHeader))
    const found = findTable(tables, cells)
    if (found) readings.set(source, readingWith(reading, found, cells, table.header.line))
  }
  if (readings.size > 0) return readings
  const which = tables.map((each) => `${each.name} (with ${each.needs.join(', ')})`)
  throw new SourceError(
    `no file has the columns of an export of ${product} that is known: ${which.join(' or ')}. ` +
      'Leave the preset out, and map the columns',
    'map',
  )
}

/** With the columns that the file has. Throws SourceError for a map that does not fit the kind. */
function readingWith(
  reading: TableReading,
  { kind, source, map, constants }: PresetTable,
  cells: ReadonlySet<string>,
  headerLine: number,
): TableReading {
  const chosen = new Map<string, string[]>()
  const fallbacks = new Map<string, string[][]>()
  for (const [attribute, choices] of map) {
    const present = choices.map(headersOf).filter((each) => each.every((one) => cells.has(one)))
    const [first, ...others] = present
    if (first) chosen.set(attribute, first)
    if (others.length > 0) fallbacks.set(attribute, others)
  }
  const given = reading.map.size > 0 ? reading.map : chosen
  for (const attribute of given.keys()) {
    if (!isAttribute(kind, attribute)) {
      throw new SourceError(`a ${kind} has no attribute ${attribute}`)
    }
  }
  const taken = new Set([...given.values()].flat().map(plainHeader))
  for (const [attribute, groups] of fallbacks) {
    const own = given.get(attribute)?.map(plainHeader).join('\n')
    const free = groups.filter((group) => !group.some((each) => taken.has(each)))
    if (own === chosen.get(attribute)?.join('\n')) fallbacks.set(attribute, free)
    else fallbacks.delete(attribute)
  }
  const rules = { constants, fallbacks }
  return { ...reading, kind, source, map: given, isWholeMap: true, rules, headerLine }
}

const headersOf = (choice: string): string[] => choice.split('+').map(plainHeader)
