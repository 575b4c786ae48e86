import { mapOf, type PresetName, type RowKind } from './choices.ts'

/** As `import csv --save-map` writes it, and the preset that it changes. */
interface SavedMap {
  readonly kind: RowKind
  readonly preset?: PresetName | undefined
  readonly map: Readonly<Record<string, readonly string[]>>
}

const place = 'doorstep-import-maps'
const savedMax = 50

const keyOf = (headers: readonly string[]): string => headers.toSorted().join('\n')

function readAll(): [string, SavedMap][] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(read) ? read : []
  } catch {
    return []
  }
}

/** What was chosen for the last file with these columns, by header. */
export function findSavedMap(
  headers: readonly string[],
): (Pick<SavedMap, 'kind' | 'preset'> & { columns: Record<string, string | null> }) | undefined {
  const [, saved] = readAll().find(([key]) => key === keyOf(headers)) ?? []
  if (!saved) return undefined
  const columns: Record<string, string | null> = {}
  for (const header of headers) columns[header] = null
  for (const [attribute, names] of Object.entries(saved.map)) {
    for (const name of names) columns[name] = attribute
  }
  return { kind: saved.kind, preset: saved.preset, columns }
}

/** Remembers the choice on this device for the next file with the same columns. */
export function saveMap(
  kind: RowKind,
  columns: Readonly<Record<string, string | null>>,
  preset: PresetName | undefined,
): void {
  const key = keyOf(Object.keys(columns))
  const others = readAll().filter(([other]) => other !== key)
  try {
    const all = [[key, { kind, preset, map: mapOf(columns) }], ...others].slice(0, savedMax)
    localStorage.setItem(place, JSON.stringify(all))
  } catch {
    // NOTE: without room it is chosen again next time.
  }
}

/** For `import csv --map-file`. */
export const printMap = (kind: RowKind, columns: Readonly<Record<string, string | null>>): string =>
  `${JSON.stringify({ kind, map: mapOf(columns) }, undefined, 2)}\n`
