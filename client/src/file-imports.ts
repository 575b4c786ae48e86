import type {
  createFileImport,
  exportRejectedRows,
  previewFileImport,
} from '@doorstep/contract/file-imports'
import type { listImports } from '@doorstep/contract/imports'
import type { FormOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { fileNameIn } from './exports.ts'
import { answerFailure } from './failures.ts'
import type { Query, QueryValues } from './query.ts'
import { openAnswer, send } from './request.ts'

export type FileImportItem = AnswerOf<typeof createFileImport>
export type FileImportOptions = FormOf<typeof createFileImport>
export type FilePreviewItem = AnswerOf<typeof previewFileImport>
export type RejectedRowsQuery = QueryOf<typeof exportRejectedRows>

/** A file to import. */
export interface SentFile {
  /** Its ending says how it is packed, and its name may say what it holds: `leads.csv`. */
  readonly name: string
  readonly content: Blob
}

/** Rows that were rejected, as a file that the server is still writing. */
export interface RejectedRows {
  readonly fileName: string
  readonly body: ReadableStream<Uint8Array>
}

/** Imports of files, among the methods of `imports`. */
export interface FileImports {
  /**
   * Imports tables: CSV, packed or not, and .xlsx, 100 MB at most. `get` follows the import. Never
   * retried; to send the same files again stores nothing twice. Throws UnprocessableError
   * (`conflict`) while another import of files runs.
   */
  startFiles(
    files: readonly SentFile[],
    options?: FileImportOptions,
    call?: CallOptions,
  ): Promise<FileImportItem>

  /** What the first rows of files would become; the beginning of a CSV file is enough. */
  previewFiles(
    files: readonly SentFile[],
    options?: FileImportOptions,
    call?: CallOptions,
  ): Promise<FilePreviewItem>

  /** The rejected rows of a file as they stood, behind its header. Throws NotFoundError. */
  rejectedRows(
    id: number,
    query?: Query<RejectedRowsQuery>,
    options?: CallOptions,
  ): Promise<RejectedRows>
}

const importsPath: typeof listImports.path = '/v2/imports'
const path: typeof createFileImport.path = '/v2/imports/files'
/** Beyond the usual time of an answer. */
const sendingMs = 10 * 60_000

function formOf(files: readonly SentFile[], options: FileImportOptions): FormData {
  const form = new FormData()
  form.append('options', JSON.stringify(options))
  for (const { name, content } of files) form.append('file', content, name)
  return form
}

const sendFiles = <Answer>(
  connection: Connection,
  address: string,
  files: readonly SentFile[],
  options: FileImportOptions = {},
  call: CallOptions = {},
): Promise<Answer> => {
  const form = formOf(files, options)
  return send(connection, { method: 'POST', path: address, form, waitMs: sendingMs }, call)
}

async function openRejected(
  connection: Connection,
  address: string,
  query: QueryValues,
  options: CallOptions | undefined,
): Promise<RejectedRows> {
  const response = await openAnswer(connection, address, query, options)
  const { headers, body } = response
  if (body === null) throw answerFailure(`GET ${address}`, response, '', connection.timing.now())
  return { fileName: fileNameIn(headers), body }
}

export const fileImports = (connection: Connection): FileImports => ({
  startFiles: (files, options, call) => sendFiles(connection, path, files, options, call),
  previewFiles: (files, options, call) =>
    sendFiles(connection, `${path}/preview`, files, options, call),
  rejectedRows: (id, query, options) =>
    openRejected(connection, `${importsPath}/${id}/rejected/export`, { ...query }, options),
})
