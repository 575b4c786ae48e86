import type { PreviewedRow, TablePreview } from '../domain/file-imports.ts'
import { isObject, Rejection } from './attributes.ts'
import type { ItemType, LeftOut } from './connector-records.ts'
import { attributeOf, kindOfFile } from './csv/csv-pieces.ts'
import { emptyPreview } from './csv/preview.ts'
import { type TableKind, tableKinds } from './csv/table-attributes.ts'
import type { Source } from './files/sources.ts'
import { itemPieces } from './item-pieces.ts'
import type { Piece } from './run-import.ts'
import { readSellItem } from './sell-items.ts'
import { SourceError } from './source-error.ts'

const lookedMax = 200
const rowsMax = 20

interface ItemPreviewOptions {
  readonly type: TableKind | undefined
  readonly encoding: string | undefined
}

/** What the first items of a file of JSON would become. The beginning of a file is enough. */
export async function previewItems(
  source: Source,
  { type, encoding }: ItemPreviewOptions,
): Promise<TablePreview> {
  const preview = {
    ...emptyPreview(source.name, source.sizeBytes ?? 0, null),
    format: 'items',
  } as const
  const leftOut: LeftOut = new Map()
  const options = { encoding, leftOut }
  try {
    const named = type ?? kindOfFile(source.name)
    const first = await firstPieces(source, { ...options, type: named })
    const guessed = named ?? guessKind(first.pieces[0])
    const { pieces, isWhole } =
      guessed === named ? first : await firstPieces(source, { ...options, type: guessed })
    const types = pieces.map((piece) => ('value' in piece ? typeOf(piece.value) : undefined))
    const kind = guessed ?? tableKinds.find((each) => types.includes(each)) ?? 'visit'
    return {
      ...preview,
      kind,
      rows: pieces.slice(0, rowsMax).map(rowOf),
      looked: pieces.length,
      isWhole,
      itemsLeftOut: [...leftOut].map(([what, count]) => ({ what, count })),
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { ...preview, problem: error.message, option: error.option ?? null }
  }
}

async function firstPieces(
  source: Source,
  { type, encoding, leftOut }: ItemPreviewOptions & { readonly leftOut: LeftOut },
): Promise<{ readonly pieces: Piece[]; readonly isWhole: boolean }> {
  const pieces: Piece[] = []
  const options = {
    type: type satisfies ItemType | undefined,
    encoding,
    onBytes: () => {},
    onFile: (_: Source, found: LeftOut) => {
      for (const [what, count] of found) leftOut.set(what, count)
    },
  }
  for await (const piece of itemPieces([source], options)) {
    if (pieces.length === lookedMax) return { pieces, isWhole: false }
    pieces.push(piece)
  }
  // NOTE: where only the beginning was sent, its last item is cut off.
  const last = pieces.at(-1)
  const isCut = pieces.length > 1 && last !== undefined && !('value' in last)
  return { pieces: isCut ? pieces.slice(0, -1) : pieces, isWhole: !isCut }
}

/** What a bare object seems to be. */
function guessKind(piece: Piece | undefined): TableKind | undefined {
  const value = piece && 'value' in piece ? piece.value : undefined
  if (!isObject(value) || 'data' in value) return undefined
  if ('visited_at' in value) return 'visit'
  return 'is_organization' in value || 'customer_status' in value ? 'contact' : 'lead'
}

const typeOf = (value: unknown): unknown => {
  const meta = isObject(value) ? value['meta'] : undefined
  return isObject(meta) ? meta['type'] : undefined
}

function rowOf(piece: Piece): PreviewedRow {
  const { line } = piece
  const reject = (field: string, reason: string): PreviewedRow => ({
    line,
    cells: [],
    item: null,
    problem: { attribute: attributeOf(field), column: null, reason, option: null },
  })
  if (!('value' in piece)) return reject('', piece.reason)
  try {
    readSellItem(piece.value)
  } catch (error) {
    if (error instanceof Rejection) return reject(error.field, error.message)
    throw error
  }
  const data = isObject(piece.value) ? piece.value['data'] : undefined
  return { line, cells: [], item: isObject(data) ? data : {}, problem: null }
}
