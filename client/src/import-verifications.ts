import type {
  createImportVerification,
  getImportVerification,
} from '@doorstep/contract/import-verifications'
import type { listImports } from '@doorstep/contract/imports'
import type { BodyOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { get } from './request.ts'
import { createOnce } from './writes.ts'

export type VerificationDraft = BodyOf<typeof createImportVerification>
export type VerificationItem = AnswerOf<typeof getImportVerification>

/** Comparisons of an import with Sell, among the methods of `imports`. */
export interface ImportVerifications {
  /** How far the comparison with Sell is, and its signed summary. Throws NotFoundError. */
  verification(id: number, options?: CallOptions): Promise<VerificationItem>

  /**
   * Compares every visit with Sell in the background. Never retried. Throws NotFoundError,
   * UnprocessableError (`conflict`) while a comparison runs or the import is reading.
   */
  verify(id: number, draft?: VerificationDraft, options?: CallOptions): Promise<VerificationItem>
}

const path: typeof listImports.path = '/v2/imports'

export const importVerifications = (connection: Connection): ImportVerifications => ({
  verification: (id, options) => get(connection, `${path}/${id}/verification`, {}, options),
  verify: (id, draft = {}, options) =>
    createOnce(connection, `${path}/${id}/verification`, draft, {}, options),
})
