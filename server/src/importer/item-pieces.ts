import { itemOfRecord, type ItemType, type LeftOut } from './connector-records.ts'
import { kindOfFile } from './csv/csv-pieces.ts'
import { type Source, textOf } from './files/sources.ts'
import { jsonPieces } from './json-pieces.ts'
import type { Piece } from './run-import.ts'

export interface ItemOptions {
  /** What bare objects are; undefined: what the name of their file says. */
  readonly type: ItemType | undefined
  readonly encoding?: string | undefined
  readonly onBytes: (count: number) => void
  /** Called when a file has been read: what of it was left out. */
  readonly onFile: (source: Source, leftOut: LeftOut) => void
  /** Called where a file cannot be read to its end, with the reason. May throw. */
  readonly onCut?: (source: Source, reason: string) => void
}

/** Items of Sell's API out of files of JSON, of connectors and bare objects too. */
export async function* itemPieces(
  sources: readonly Source[],
  { type, encoding, onBytes, onFile, onCut }: ItemOptions,
): AsyncGenerator<Piece> {
  for (const source of sources) {
    const leftOut: LeftOut = new Map()
    const bareType = type ?? kindOfFile(source.name)
    let line = 1
    let index = 0
    try {
      for await (const piece of jsonPieces(textOf(source, onBytes, encoding))) {
        ;({ line, index } = piece)
        const file = source.name
        if (!('value' in piece)) yield { ...piece, file }
        else {
          const value = itemOfRecord(piece.value, bareType, leftOut)
          if (value !== undefined) yield { ...piece, file, value }
        }
      }
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error
      const reason = `the file cannot be read further: ${error.message}`
      onCut?.(source, reason)
      yield { file: source.name, line, index: index + 1, broken: '', reason }
    }
    onFile(source, leftOut)
  }
}
