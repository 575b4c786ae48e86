import type {
  createImport,
  deleteImport,
  getImport,
  Import as Answer,
  listImports,
} from '@doorstep/contract/imports'

import { printSeconds } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { behindSeconds, isComplete, isRunning } from '../domain/importer.ts'
import type { Import, ImportError } from '../domain/imports.ts'
import { fieldProblem } from './request/body.ts'
import type { Checks, Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { collectionOf, pageLinks, printItems, toSort } from './request/pages.ts'

const rejectedShown = 20

export const handleListImports: Handler<typeof listImports> = async (call) => {
  const { query, actor, store, origin, clock } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id' } = query
  const { rows, hasMore } = await store.imports.list(actor.accountKey, {
    offset: (page - 1) * limit,
    limit,
    sort: toSort(sort_by, ['id']),
  })
  const links = pageLinks(`${origin}/v2/imports`, query, hasMore)
  const items = rows.map((so) => toAnswer(so, clock(), []))
  return collectionOf(printItems('import', items), rows.length, links)
}

export const handleGetImport: Handler<typeof getImport> = async (call) => {
  const { store, actor, params, clock } = call
  const id = idOf(params)
  const found = await store.imports.find(actor.accountKey, id)
  if (!found) throw notFound('import', params)
  const rejected = await store.imports.listErrors(actor.accountKey, id, rejectedShown)
  return printOne(toAnswer(found, clock(), rejected))
}

export const handleCreateImport: Handler<typeof createImport> = async (call) => {
  const { actor, body, importer, clock } = call
  if (!importer) {
    throw new DomainError('unavailable', 'This server runs no imports. Use the command line.')
  }
  const { token, follow = false } = body
  const started = await importer.start(actor.accountKey, { token, follow })
  return printOne(toAnswer(started, clock(), []))
}

export const handleDeleteImport: Handler<typeof deleteImport> = async (call) => {
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

export const importChecks: Checks<typeof createImport> = {
  always: (_call, { token }) =>
    typeof token === 'string' && !/^[\x21-\x7e]+$/.test(token)
      ? [fieldProblem('import', '/token', 'incorrect_value', 'must be visible ASCII characters')]
      : [],
}

const printOne = (data: Answer): string => JSON.stringify({ data, meta: { type: 'import' } })

const toAnswer = (so: Import, now: number, rejected: readonly ImportError[]): Answer => {
  const { progress } = so
  const { perSecond, pagesLeft } = progress
  const isReading = so.phase === 'lists' || so.phase === 'visits'
  return {
    id: so.id,
    source: 'sell',
    base_url: so.baseUrl,
    phase: so.phase,
    is_running: isRunning(so, now),
    is_complete: isComplete(so),
    counts: { ...progress.counts },
    expected: progress.expected,
    pages_left: pagesLeft,
    seconds_left: isReading && perSecond > 0 ? Math.ceil(pagesLeft / perSecond) : null,
    requests: progress.requests,
    repeated: progress.repeated,
    behind_seconds: behindSeconds(so, now),
    gaps: progress.gaps.map(({ list, filter, reason, missingMax }) => ({
      list,
      filter,
      reason,
      missing_max: missingMax,
    })),
    rests_on: [...progress.restsOn],
    rejected: rejected.map(({ field, reason, item }) => ({ field, reason, item })),
    last_error: so.lastError,
    started_at: printSeconds(so.startedAt),
    updated_at: printSeconds(so.updatedAt),
    finished_at: so.finishedAt === null ? null : printSeconds(so.finishedAt),
  }
}
