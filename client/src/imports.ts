import type {
  createImport,
  getImport,
  listImports,
  listRejectedItems,
  updateImport,
} from '@doorstep/contract/imports'
import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { fileImports, type FileImports } from './file-imports.ts'
import { importVerifications, type ImportVerifications } from './import-verifications.ts'
import { lists, type Lists } from './pages.ts'
import type { Query } from './query.ts'
import { get, remove } from './request.ts'
import { createOnce, update } from './writes.ts'

export type ImportQuery = QueryOf<typeof listImports>
export type ImportPage = AnswerOf<typeof listImports>
export type ImportDraft = BodyOf<typeof createImport>
export type ImportItem = AnswerOf<typeof getImport>

export type ImportChange = BodyOf<typeof updateImport>
export type RejectedQuery = QueryOf<typeof listRejectedItems>
export type RejectedPage = AnswerOf<typeof listRejectedItems>

/** Imports from Sell's API and of files; for admins, scope `read`, and `write` to start and stop. */
export interface Imports extends Lists<ImportQuery, ImportPage>, FileImports, ImportVerifications {
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

  /** Stops an import; imported objects stay. Throws NotFoundError. */
  stop(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listImports.path = '/v2/imports'
const perPage: typeof perPageMax = 100

export const imports = (connection: Connection): Imports => ({
  ...lists<ImportQuery, ImportPage>(connection, path, perPage),
  ...fileImports(connection),
  ...importVerifications(connection),
  get: (id, options) => get(connection, `${path}/${id}`, {}, options),
  start: (draft, options) => createOnce(connection, path, draft, {}, options),
  update: (id, change, options) => update(connection, `${path}/${id}`, change, {}, options),
  rejected: (id, query, options) =>
    get(connection, `${path}/${id}/rejected`, { ...query }, options),
  stop: (id, options) => remove(connection, `${path}/${id}`, options),
})
