import type * as contract from '@doorstep/contract/imports'

import { printSeconds } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { behindSeconds, isComplete, isRunning } from '../domain/importer.ts'
import type { Import, ImportError } from '../domain/imports.ts'
import { fieldProblem } from './errors.ts'
import type { Checks, Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { answerPage, printItem } from './request/pages.ts'

const rejectedMax = 20

export const listImports: Handler<typeof contract.listImports> = (call) => {
  const { actor, store, clock } = call
  return answerPage(
    call,
    'import',
    ['id'],
    (page) => store.imports.list(actor.accountKey, page),
    (found) => toAnswer(found, clock(), []),
  )
}

export const getImport: Handler<typeof contract.getImport> = async (call) => {
  const { store, actor, params, clock } = call
  const id = idOf(params)
  const found = await store.imports.find(actor.accountKey, id)
  if (!found) throw notFound('import', params)
  const rejected = await store.imports.listErrors(actor.accountKey, id, rejectedMax)
  return printItem('import', toAnswer(found, clock(), rejected))
}

export const createImport: Handler<typeof contract.createImport> = async (call) => {
  const { actor, body, importer, clock } = call
  if (!importer) {
    throw new DomainError(
      'unavailable',
      'This server runs no imports. Use `./doorstep import sell` on the command line.',
    )
  }
  const { token, follow = false } = body
  const started = await importer.start(actor.accountKey, { token, follow })
  return printItem('import', toAnswer(started, clock(), []))
}

export const deleteImport: Handler<typeof contract.deleteImport> = async (call) => {
  const { store, actor, params, importer } = call
  const id = idOf(params)
  const isFound = await store.write(actor.accountKey, async (tx) => {
    const found = await tx.imports.find(id)
    if (found) await tx.imports.save({ ...found, isStopAsked: true })
    return found !== undefined
  })
  if (!isFound) throw notFound('import', params)
  await importer?.stop(actor.accountKey, id)
  return undefined
}

export const checks: Checks<typeof contract.createImport> = {
  always: (_call, { token }) =>
    typeof token === 'string' && !/^[\x21-\x7e]+$/.test(token)
      ? [fieldProblem('import', '/token', 'incorrect_value', 'must be visible ASCII characters')]
      : [],
}

const toAnswer = (
  found: Import,
  now: number,
  rejected: readonly ImportError[],
): contract.Import => {
  const { progress } = found
  const { perSecond, pagesLeft } = progress
  const isReading = found.phase === 'lists' || found.phase === 'visits'
  return {
    id: found.id,
    source: 'sell',
    base_url: found.baseUrl,
    phase: found.phase,
    is_running: isRunning(found, now),
    is_complete: isComplete(found),
    counts: { ...progress.counts },
    expected: progress.expected,
    pages_left: pagesLeft,
    seconds_left: isReading && perSecond > 0 ? Math.ceil(pagesLeft / perSecond) : null,
    requests: progress.requests,
    repeated: progress.repeated,
    behind_seconds: behindSeconds(found, now),
    gaps: progress.gaps.map(({ list, filter, reason, missingMax }) => ({
      list,
      filter,
      reason,
      missing_max: missingMax,
    })),
    rests_on: [...progress.restsOn],
    rejected: rejected.map(({ field, reason, item }) => ({ field, reason, item })),
    last_error: found.lastError,
    started_at: printSeconds(found.startedAt),
    updated_at: printSeconds(found.updatedAt),
    finished_at: found.finishedAt === null ? null : printSeconds(found.finishedAt),
  }
}
