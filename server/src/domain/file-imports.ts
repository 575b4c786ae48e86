import type { AccountKey } from './accounts.ts'
import type { AuditActor } from './audit.ts'
import type { LeftOutItems, LeftOutLine } from './files-progress.ts'
import type { Import } from './imports.ts'

/** What the rows of a table are. */
export type TableRowKind = 'lead' | 'contact' | 'visit'

/** Products whose exports are read without a map. */
export type PresetName = 'hubspot' | 'pipedrive' | 'salesforce'

/** How files are read: the options of `import csv`. */
export interface TableOptions {
  /** undefined: what the name of each file says. */
  readonly kind?: TableRowKind | undefined
  /** The headers of each attribute; two are joined. */
  readonly map?: Readonly<Record<string, readonly string[]>> | undefined
  /** Whether columns that the map does not name are left out. */
  readonly isWholeMap?: boolean | undefined
  readonly encoding?: string | undefined
  readonly separator?: string | undefined
  readonly headerRow?: number | undefined
  readonly sheet?: string | undefined
  readonly timeZone?: string | undefined
  readonly dateFormats?: readonly string[] | undefined
  readonly hasExcelDates?: boolean | undefined
  readonly unknownUser?: 'reject' | 'inactive' | undefined
  readonly unknownOutcome?: 'reject' | 'create' | 'none' | undefined
  /** Whom names mean that are not the name of one user. */
  readonly users?: Readonly<Record<string, number>> | undefined
  readonly outcomes?: Readonly<Record<string, number>> | undefined
  /** For some of these names, in place of `unknownUser`. */
  readonly unknownUsers?: Readonly<Record<string, 'reject' | 'inactive'>> | undefined
  readonly unknownOutcomes?: Readonly<Record<string, 'reject' | 'create' | 'none'>> | undefined
  readonly isDryRun?: boolean | undefined
  /** The product whose ids `external_id` holds. */
  readonly source?: string | undefined
  /** The product that exported the files, in place of kind and source, and of the map if none is given. */
  readonly preset?: PresetName | undefined
}

/** An option that takes a row which is rejected without it, by its name in the API. */
export type RowOption = 'date_formats' | 'excel_dates' | 'unknown_user' | 'unknown_outcome'

/** An option by which a file may be read that is not read without it, by its name in the API. */
export type FileOption = 'encoding' | 'map'

/** An option that cannot be used, and why. */
export interface OptionProblem {
  readonly option: keyof TableOptions
  readonly why: string
}

/** A rejected row as it is stored with its import, JSON. */
export interface RejectedRow {
  /** From 1, in the order in which the import names its files. */
  readonly file: number
  readonly line: number
  /** The file's own name of the column at fault. */
  readonly column: string | null
  readonly text: string
}

/** What a file would become under some options. */
export interface TablePreview {
  readonly name: string
  readonly sizeBytes: number
  /** Why it cannot be read; then the rest is what was found until there. */
  readonly problem: string | null
  /** The option that may help with the problem. */
  readonly option: FileOption | null
  /** `items`: of Sell's API, which have no columns. */
  readonly format: 'table' | 'items'
  readonly kind: TableRowKind
  /** The product that exports such columns. */
  readonly preset: FoundPreset | null
  readonly encoding: string | null
  readonly separator: string | null
  readonly sheets: readonly string[]
  readonly headerLine: number
  readonly leftOut: readonly LeftOutLine[]
  readonly columns: readonly PreviewedColumn[]
  readonly rows: readonly PreviewedRow[]
  /** Rows that were looked at, and whether they are all. */
  readonly looked: number
  /** Of items: messages and records that are not imported. */
  readonly itemsLeftOut: readonly LeftOutItems[]
  readonly isWhole: boolean
  /** Times that could have the day or the month first. */
  readonly unclearTimes: UnclearTimes | null
  readonly unknownUsers: readonly UnknownName[]
  readonly unknownOutcomes: readonly UnknownName[]
}

export interface FoundPreset {
  readonly name: PresetName
  readonly product: string
  /** As the product calls what it holds. */
  readonly table: string
  /** Whether the options name it. */
  readonly isUsed: boolean
}

export interface UnknownName {
  readonly name: string
  readonly count: number
}

export interface PreviewedColumn {
  readonly header: string
  /** What it becomes; null: it is left out. */
  readonly attribute: string | null
  /** What it becomes where the columns of that are empty. */
  readonly fills: string | null
  readonly samples: readonly string[]
  /** Cells with a value among the rows that were looked at. */
  readonly cells: number
}

export interface PreviewedRow {
  readonly line: number
  readonly cells: readonly string[]
  /** As it would be stored; null: it would be rejected. */
  readonly item: Readonly<Record<string, unknown>> | null
  readonly problem: {
    readonly attribute: string
    readonly column: string | null
    readonly reason: string
    readonly option: RowOption | null
  } | null
}

export interface UnclearTimes {
  readonly example: string
  /** How many fit only with the day first, only with the month first, and both. */
  readonly dayFirst: number
  readonly monthFirst: number
  readonly either: number
  readonly dayFirstFormats: readonly string[]
  readonly monthFirstFormats: readonly string[]
}

/** Files that were sent, in a folder that goes with it. */
export interface Upload extends AsyncDisposable {
  /** The last part of `name` is what the file is called. */
  add(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
  readonly count: number
}

/** Imports files that were sent to this process. */
export interface FileImporter {
  /** What is wrong with the options; empty: nothing. */
  problemsOf(options: TableOptions): readonly OptionProblem[]
  /** What columns can become. */
  attributes(): Readonly<Record<TableRowKind, string[]>>
  receive(): Promise<Upload>
  /** What the first rows of each file would become. Nothing is stored. */
  preview(account: AccountKey, upload: Upload, options: TableOptions): Promise<TablePreview[]>
  /**
   * Begins to import the files in the background, and disposes of the upload after it. Throws
   * `conflict` while another import of files runs.
   */
  start(account: AccountKey, upload: Upload, options: TableOptions, by: AuditActor): Promise<Import>
}
