import type { Source } from '../files/sources.ts'
import { kindOfFile } from './csv-pieces.ts'
import { countGuessed, guessKind, guessMap } from './guessed-map.ts'
import { openTable, type TableReading } from './open-table.ts'
import { type TableKind, tableKinds } from './table-attributes.ts'

export type Opened = Awaited<ReturnType<typeof openGuessed>>

/** Opens the table by its options; without a map, the kind and the map are guessed by the header. */
export async function openGuessed(
  source: Source,
  reading: TableReading,
  onEncoding: (found: string) => void,
) {
  const named = reading.kind ?? kindOfFile(source.name)
  const guessing = { ...reading, countKnown: countAny(named) }
  const first = await openTable(named ?? 'visit', source, guessing, () => {}, onEncoding)
  await first.table.close()
  const { cells, line } = first.table.header
  const kind = named ?? guessKind(cells)
  const isGuessed = reading.map.size === 0 && reading.isWholeMap !== true
  const map = isGuessed ? guessMap(kind, cells) : reading.map
  const found = {
    ...reading,
    kind,
    map,
    headerLine: line,
    isWholeMap: isGuessed || reading.isWholeMap === true,
  }
  const { table, columns } = await openTable(kind, source, found, () => {})
  return { kind, table, columns, reading: found }
}

const countAny =
  (named: TableKind | undefined) =>
  (cells: readonly string[]): number =>
    named === undefined
      ? Math.max(...tableKinds.map((kind) => countGuessed(kind, cells)))
      : countGuessed(named, cells)
