/** How far an import of files has come, besides its counts. */
export interface FilesProgress {
  readonly isDryRun: boolean
  readonly bytes: number
  readonly bytesRead: number
  readonly files: readonly FileProgress[]
  /** Files that hold nothing that is imported. */
  readonly notTaken: readonly string[]
  /** Names of owners that are not the name of one user. */
  readonly unclearNames: readonly UnclearName[]
  readonly made: { readonly users: readonly string[]; readonly outcomes: readonly string[] }
  /** Of a dry run: the first items as they would be stored. */
  readonly first: readonly FirstItem[]
}

export interface UnclearName {
  readonly name: string
  readonly problem: string
  readonly count: number
  readonly ids: readonly number[]
}

export interface FirstItem {
  readonly file: string
  readonly line: number
  readonly item: unknown
}

/** One file of an import. */
export interface FileProgress {
  readonly name: string
  readonly rejected: number
  /** The row with the names of the columns, as it stands in the file; undefined: not needed yet. */
  readonly header?: string
  /** Once it has been read to its end. */
  readonly note?: FileNote
}

/** What was found in a file besides the rows that were read. */
export interface FileNote {
  /** null: it is no table. */
  readonly headerLine: number | null
  /** Lines before the header, and totals behind the rows. */
  readonly leftOut: readonly LeftOutLine[]
  /** Columns that were not imported, with how many cells had a value. */
  readonly columns: readonly { readonly header: string; readonly cells: number }[]
  readonly items?: readonly LeftOutItems[]
}

/** Messages and records in a file of a connector that are not imported, by what they are. */
export interface LeftOutItems {
  readonly what: string
  readonly count: number
}

export interface LeftOutLine {
  readonly line: number
  readonly text: string
}
