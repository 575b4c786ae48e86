import type * as contract from '@doorstep/contract/import-verifications'

import { printSeconds } from '../domain/clock.ts'
import { type ImportVerification, verificationState } from '../domain/import-verifications.ts'
import { importerOf } from './import-answers.ts'
import { tokenFor, tokenProblems } from './imports.ts'
import type { Checks, Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { printItem } from './request/pages.ts'

const sampleDefault = 100

export const getImportVerification: Handler<typeof contract.getImportVerification> = async (
  call,
) => {
  const { store, actor, params, clock } = call
  const id = idOf(params)
  if (!(await store.imports.find(actor.accountKey, id))) throw notFound('import', params)
  const found = await store.imports.findVerification(actor.accountKey, id)
  return printItem('import_verification', toAnswer(id, found, clock()))
}

export const createImportVerification: Handler<typeof contract.createImportVerification> = async (
  call,
) => {
  const { store, actor, params, body, clock } = call
  const id = idOf(params)
  const found = await store.imports.find(actor.accountKey, id)
  if (!found) throw notFound('import', params)
  const importer = importerOf(call)
  const given = body.token ?? importer.heldOf(actor.accountKey, id)?.token
  const token = tokenFor(importer, found, 'import_verification', given)
  const sampleSize = body.sample ?? sampleDefault
  const started = await importer.verify(actor.accountKey, id, { token, sampleSize })
  return printItem('import_verification', toAnswer(id, started, clock()))
}

export const checks: Checks<typeof contract.createImportVerification> = {
  always: (_call, { token }) => tokenProblems('import_verification', token),
}

const timeOrNull = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : printSeconds(ms)

const toAnswer = (
  importId: number,
  found: ImportVerification | undefined,
  now: number,
): contract.ImportVerification => ({
  import_id: importId,
  state: found ? verificationState(found, now) : 'none',
  compared: found?.compared ?? 0,
  expected: found?.expected ?? 0,
  error: found?.error ?? null,
  started_at: timeOrNull(found?.startedAt),
  ended_at: timeOrNull(found?.endedAt),
  summary:
    found?.summary === undefined || found.summary === null ? null : JSON.parse(found.summary),
})
