import type { Kysely } from 'kysely'

import type { ImportVerification } from '../../domain/import-verifications.ts'
import type { ImportReads, ImportWrites } from '../../domain/imports.ts'
import type { Database, SqlTransaction } from '../database.ts'
import type { Schema } from '../schema.ts'

export const verificationReads = ({ db }: Database): Pick<ImportReads, 'findVerification'> => ({
  findVerification: (account, importId) => findVerification(db, account, importId),
})

type VerificationWrites = Pick<ImportWrites, 'findVerification' | 'saveVerification'>

export const verificationWrites = (tx: SqlTransaction, account: number): VerificationWrites => ({
  findVerification: (importId) => findVerification(tx.db, account, importId),
  async saveVerification(given) {
    const row = {
      account_id: account,
      import_id: given.importId,
      started_at: given.startedAt,
      updated_at: given.updatedAt,
      ended_at: given.endedAt,
      compared: given.compared,
      expected: given.expected,
      error: given.error,
      summary: given.summary,
    }
    await tx.saveRows('import_verifications', ['account_id', 'import_id'], [row])
  },
})

async function findVerification(
  db: Kysely<Schema>,
  account: number,
  importId: number,
): Promise<ImportVerification | undefined> {
  const row = await db
    .selectFrom('import_verifications')
    .selectAll()
    .where('account_id', '=', account)
    .where('import_id', '=', importId)
    .executeTakeFirst()
  return (
    row && {
      importId: row.import_id,
      startedAt: row.started_at,
      updatedAt: row.updated_at,
      endedAt: row.ended_at,
      compared: row.compared,
      expected: row.expected,
      error: row.error,
      summary: row.summary,
    }
  )
}
