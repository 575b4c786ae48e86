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

/** Imports that ask Sell for everything; for admins, scope `read`, and `write`. */
export interface Imports extends Lists<ImportQuery, ImportPage> {
  /** What an import has come to. Throws NotFoundError. */
  get(id: number, options?: CallOptions): Promise<ImportItem>

  /**
   * Starts one, or goes on with it. Throws UnprocessableError (`already_exists`) while it is running,
   * which is also what a repeated start gets whose first answer was lost.
   */
  start(draft: ImportDraft, options?: CallOptions): Promise<ImportItem>

  /** Stops one; what was taken in stays. Throws NotFoundError. */
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
