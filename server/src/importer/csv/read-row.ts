import type { ExternalId } from '../../domain/external-ids.ts'
import { Rejection } from '../attributes.ts'
import { Cells, quote } from './cells.ts'
import type { Columns } from './columns.ts'
import type { TableRow } from './cut-rows.ts'
import type { ExternalIds } from './external-ids.ts'
import type { Names } from './names.ts'
import type { TableReading } from './open-table.ts'
import { recordOfRow } from './record-rows.ts'
import type { SeenRows } from './seen-rows.ts'
import type { TableKind } from './table-attributes.ts'
import { visitOfRow } from './visit-rows.ts'

type Attributes = Readonly<Record<string, unknown>>

export type Read =
  /** `unnumbered`: the data of a visit without an id. */
  | {
      readonly value: Attributes
      readonly unnumbered?: Attributes
      readonly isNumberedHere?: boolean
      readonly external?: Omit<ExternalId, 'id'>
      readonly onRead?: () => void
      readonly onTaken?: () => void
    }
  | ({ readonly broken: string; readonly reason: string } & Partial<
      Pick<Rejection, 'field' | 'option'>
    >)

interface RowOptions {
  readonly names: Names
  readonly reading: TableReading
  readonly externals: ExternalIds
  /** Of the file. */
  readonly seen: SeenRows
}

/** A row as the API would answer it, or why it cannot be read. `known`: records that are here. */
export async function readRow(
  kind: TableKind,
  row: TableRow,
  columns: Columns,
  { names, reading, externals, seen }: RowOptions,
  known: ReadonlyMap<number, Attributes> = new Map(),
): Promise<Read> {
  if (!('cells' in row)) return { broken: row.text, reason: row.reason }
  columns.countUnused(row.cells)
  const once = (data: Attributes) => ({ onRead: () => seen.add(row.line, row.cells, data) })
  const cells = new Cells(columns, row.cells)
  try {
    const text = externalIdIn(cells)
    if (kind !== 'visit') {
      const given = cells.id('id')
      const found = text === undefined ? undefined : externals.find(kind, text)?.id
      const before = known.get(given ?? found ?? 0)
      const value = await recordOfRow(kind, cells, names, reading.times, before)
      if (text === undefined) {
        const data = { ...value.data, id: given }
        return { value: { ...value, data }, ...once(data) }
      }
      const { id, about } = await identify(kind, text, given, externals)
      const data = { ...value.data, id }
      return { value: { ...value, data }, ...about, ...once(data) }
    }
    const item = await visitOfRow(cells, names, reading.times, externals)
    if (text !== undefined) {
      const { id, about } = await identify(kind, text, item.data.id, externals)
      const data = { ...item.data, id }
      return { value: { ...item, data }, ...about, ...once(data) }
    }
    if (item.data.id === undefined) return { value: item, unnumbered: item.data }
    return { value: item, ...once(item.data) }
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    const { message: reason, field, option } = error
    return { broken: row.text, reason, field, option }
  }
}

function externalIdIn(cells: Cells): string | undefined {
  const text = cells.text('external_id')
  if (text === undefined || text.length <= externalIdMax) return text
  throw new Rejection('external_id', `is longer than ${externalIdMax} characters`)
}

/**
 * The id here of what a row calls by an id of another product; `given`: the row has it. Only for rows
 * that are read to their ends, as one that is rejected must not link what later rows name. Throws
 * Rejection.
 */
async function identify(
  kind: TableKind,
  text: string,
  given: number | undefined,
  externals: ExternalIds,
) {
  const about = {
    external: { kind, source: externals.source, externalId: text },
    onTaken: () => externals.accept(kind, text),
  }
  if (given === undefined) {
    return { id: await externals.give(kind, text), about: { ...about, isNumberedHere: true } }
  }
  const other = externals.link(kind, text, given)
  if (other === undefined) return { id: given, about }
  const why = `is already the external id of ${kind} ${other} from ${quote(externals.source)}`
  throw new Rejection('external_id', `${quote(text)} ${why}`)
}

const externalIdMax = 255
