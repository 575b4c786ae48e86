import type {
  createFileImport,
  exportRejectedRows,
  previewFileImport,
} from '@doorstep/contract/file-imports'
import type {
  createImportVerification,
  getImportVerification,
} from '@doorstep/contract/import-verifications'
import type {
  createImport,
  getImport,
  listImports,
  listRejectedItems,
  updateImport,
} from '@doorstep/contract/imports'
import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, FormOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { fileNameIn } from './exports.ts'
import { answerFailure } from './failures.ts'
import { lists, type Lists } from './pages.ts'
import type { Query, QueryValues } from './query.ts'
import { get, openAnswer, remove, send } from './request.ts'
import { createOnce, update } from './writes.ts'

export type ImportQuery = QueryOf<typeof listImports>
export type ImportPage = AnswerOf<typeof listImports>
export type ImportDraft = BodyOf<typeof createImport>
export type ImportItem = AnswerOf<typeof getImport>

export type ImportChange = BodyOf<typeof updateImport>
export type RejectedQuery = QueryOf<typeof listRejectedItems>
export type RejectedPage = AnswerOf<typeof listRejectedItems>
export type VerificationDraft = BodyOf<typeof createImportVerification>
export type VerificationItem = AnswerOf<typeof getImportVerification>

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

/** Imports from Sell's API and of files; for admins, scope `read`, and `write` to start and stop. */
export interface Imports extends Lists<ImportQuery, ImportPage> {
  /** The progress of an import. Throws NotFoundError. */
  get(id: number, options?: CallOptions): Promise<ImportItem>

  /**
   * Starts or resumes an import. Throws UnprocessableError (`conflict`) while it is running,
   * also if an earlier start succeeded and only its answer was lost.
   */
  start(draft: ImportDraft, options?: CallOptions): Promise<ImportItem>

  /**
   * Pauses or resumes an import. Throws NotFoundError, UnprocessableError (`missing`) where the
   * server does not hold Sell's token.
   */
  update(id: number, change: ImportChange, options?: CallOptions): Promise<ImportItem>

  /** Items that could not be saved, by page. Throws NotFoundError. */
  rejected(id: number, query?: Query<RejectedQuery>, options?: CallOptions): Promise<RejectedPage>

  /**
   * Imports tables: CSV, packed or not, and .xlsx, 100 MB at most. `get` follows the import. Never
   * retried; to send the same files again stores nothing twice. Throws UnprocessableError
   * (`conflict`) while another import of files runs.
   */
  startFiles(
    files: readonly SentFile[],
    options?: FileImportOptions,
    call?: CallOptions,
  ): Promise<ImportItem>

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

  /** How far the comparison with Sell is, and its signed summary. Throws NotFoundError. */
  verification(id: number, options?: CallOptions): Promise<VerificationItem>

  /**
   * Compares every visit with Sell in the background. Never retried. Throws NotFoundError,
   * UnprocessableError (`conflict`) while a comparison runs or the import is reading.
   */
  verify(id: number, draft?: VerificationDraft, options?: CallOptions): Promise<VerificationItem>

  /** Stops an import; imported objects stay. Throws NotFoundError. */
  stop(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listImports.path = '/v2/imports'
const perPage: typeof perPageMax = 100
const filesPath: typeof createFileImport.path = '/v2/imports/files'
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

export const imports = (connection: Connection): Imports => ({
  ...lists<ImportQuery, ImportPage>(connection, path, perPage),
  get: (id, options) => get(connection, `${path}/${id}`, {}, options),
  start: (draft, options) => createOnce(connection, path, draft, {}, options),
  update: (id, change, options) => update(connection, `${path}/${id}`, change, {}, options),
  rejected: (id, query, options) =>
    get(connection, `${path}/${id}/rejected`, { ...query }, options),
  startFiles: (files, options, call) => sendFiles(connection, filesPath, files, options, call),
  previewFiles: (files, options, call) =>
    sendFiles(connection, `${filesPath}/preview`, files, options, call),
  rejectedRows: (id, query, options) =>
    openRejected(connection, `${path}/${id}/rejected/export`, { ...query }, options),
  verification: (id, options) => get(connection, `${path}/${id}/verification`, {}, options),
  verify: (id, draft = {}, options) =>
    createOnce(connection, `${path}/${id}/verification`, draft, {}, options),
  stop: (id, options) => remove(connection, `${path}/${id}`, options),
})
