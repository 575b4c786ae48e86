import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import { isObject, Rejection } from '../attributes.ts'
import { Cells } from './cells.ts'
import type { Columns } from './columns.ts'
import type { TableRow } from './cut-rows.ts'
import type { ExternalIds } from './external-ids.ts'
import type { TableKind } from './table-attributes.ts'

interface Target {
  readonly store: Store
  readonly account: AccountKey
  readonly externals: ExternalIds
}

type Attributes = Readonly<Record<string, unknown>>

/** Looks the external ids up that rows name, by one query for each kind. */
export async function lookUp(
  kind: TableKind,
  rows: readonly TableRow[],
  columns: Columns,
  externals: ExternalIds,
): Promise<void> {
  const named = {
    external_id: kind,
    lead_external_id: 'lead',
    contact_external_id: 'contact',
  } as const
  for (const [attribute, of] of Object.entries(named)) {
    if (!columns.has(attribute)) continue
    const texts = rows.flatMap((row) =>
      'cells' in row ? textIn(columns, attribute, row.cells) : [],
    )
    await externals.look(of, texts)
  }
}

function textIn(columns: Columns, attribute: string, cells: readonly string[]): string[] {
  try {
    const text = columns.text(attribute, cells)
    return text === undefined ? [] : [text]
  } catch (error) {
    if (error instanceof Rejection) return []
    throw error
  }
}

/** The attributes of the records that rows name and that are here, once `lookUp` has found them. */
export async function findKnown(
  kind: TableKind,
  rows: readonly TableRow[],
  columns: Columns,
  { store, account, externals }: Target,
): Promise<Map<number, Attributes>> {
  const known = new Map<number, Attributes>()
  if (kind === 'visit') return known
  const ids = [
    ...new Set(
      rows.flatMap((row) => ('cells' in row ? idIn(kind, columns, row.cells, externals) : [])),
    ),
  ]
  if (ids.length === 0) return known
  const page = { offset: 0, limit: ids.length, sort: { field: 'id', descending: false } } as const
  const { rows: found } = await store[`${kind}s`].list(account, { ids }, page)
  for (const record of found) {
    const attributes: unknown = JSON.parse(record.attributes)
    if (isObject(attributes)) known.set(record.id, attributes)
  }
  const absent = ids.filter((id) => !known.has(id))
  await externals.lookForDeleted(kind, absent)
  return known
}

/** Empty where the row has none, or its cells cannot be read, which is the row's own problem. */
function idIn(
  kind: TableKind,
  columns: Columns,
  row: readonly string[],
  externals: ExternalIds,
): number[] {
  const cells = new Cells(columns, row)
  try {
    const text = cells.text('external_id')
    const id = cells.id('id') ?? (text === undefined ? undefined : externals.find(kind, text)?.id)
    return id === undefined ? [] : [id]
  } catch (error) {
    if (error instanceof Rejection) return []
    throw error
  }
}
