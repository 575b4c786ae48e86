import type { listImportConflicts, updateImportConflict } from '@doorstep/contract/import-conflicts'
import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { lists, type Lists } from './pages.ts'
import { update } from './writes.ts'

export type ImportConflictQuery = QueryOf<typeof listImportConflicts>
export type ImportConflictPage = AnswerOf<typeof listImportConflicts>
export type ImportConflictItem = AnswerOf<typeof updateImportConflict>
export type Resolution = BodyOf<typeof updateImportConflict>

/** Visits changed both here and in Sell; for admins, scope `read`, and `write` to resolve. */
export interface ImportConflicts extends Lists<ImportConflictQuery, ImportConflictPage> {
  /** Throws NotFoundError, or UnprocessableError (`conflict`) if it is resolved already. */
  resolve(id: number, resolution: Resolution, options?: CallOptions): Promise<ImportConflictItem>
}

const path: typeof listImportConflicts.path = '/v2/import_conflicts'
const perPage: typeof perPageMax = 100

export const importConflicts = (connection: Connection): ImportConflicts => ({
  ...lists<ImportConflictQuery, ImportConflictPage>(connection, path, perPage),
  resolve: (id, resolution, options) =>
    update(connection, `${path}/${id}`, resolution, {}, options),
})
