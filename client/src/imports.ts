import type { createImport, getImport, listImports } from '@doorstep/contract/imports'
import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import { lists, type Lists } from './pages.ts'
import { type CallOptions, type Connection, get, remove } from './request.ts'
import { createOnce } from './writes.ts'

export type ImportQuery = QueryOf<typeof listImports>
export type ImportPage = AnswerOf<typeof listImports>
export type ImportDraft = BodyOf<typeof createImport>
export type ImportItem = AnswerOf<typeof getImport>

/** Imports from Sell's API; for admins, scope `read`, and `write` to start and stop. */
export interface Imports extends Lists<ImportQuery, ImportPage> {
  /** The progress of an import. Throws NotFoundError. */
  get(id: number, options?: CallOptions): Promise<ImportItem>

  /**
   * Starts or resumes an import. Throws UnprocessableError (`already_exists`) while it is running,
   * also if an earlier start succeeded and only its answer was lost.
   */
  start(draft: ImportDraft, options?: CallOptions): Promise<ImportItem>

  /** Stops an import; imported objects stay. Throws NotFoundError. */
  stop(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listImports.path = '/v2/imports'
const perPage: typeof perPageMax = 100

export const imports = (connection: Connection): Imports => ({
  ...lists<ImportQuery, ImportPage>(connection, path, perPage),
  get: (id, options) => get(connection, `${path}/${id}`, {}, options),
  start: (draft, options) => createOnce(connection, path, draft, {}, options),
  stop: (id, options) => remove(connection, `${path}/${id}`, options),
})
