import type { ExportFormat } from '@doorstep/contract/exports'

import type { Column, Row } from './columns.ts'

/** What is exported, in pages, by id. */
export interface ExportSource {
  readonly type: 'visit' | 'lead' | 'contact'
  readonly columns: readonly Column[]
  rows(): AsyncGenerator<readonly Row[]>
  /** The items as the lists answer them, a line each; undefined: columns were asked for. */
  readonly lines: (() => AsyncGenerator<Lines>) | undefined
  /** Where the object is, in degrees. */
  readonly place: { readonly latitude: Column['read']; readonly longitude: Column['read'] }
}

/** JSON in UTF-8, without the last line's end. */
export interface Lines {
  readonly bytes: Uint8Array
  readonly count: number
}

export interface ExportOptions {
  readonly format: ExportFormat
  readonly bom: boolean
  /** Of the stream, read before the first row. */
  readonly position: string
  readonly onRows?: (count: number) => void
}
