import type * as contract from '@doorstep/contract/imports'
import type { Operation } from '@doorstep/contract/operations'

import { printSeconds } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { RejectedRow } from '../domain/file-imports.ts'
import type { FilesProgress } from '../domain/files-progress.ts'
import type { ImportProgress } from '../domain/import-progress.ts'
import { behindSeconds, type Importer, isComplete, isRunning } from '../domain/importer.ts'
import type { Import, ImportError } from '../domain/imports.ts'
import type { Call, Tools } from './request/call.ts'

/** What the import itself says. `runs`: whether a process is running it. */
function describeImport(
  found: Import,
  now: number,
  runs: boolean,
): Omit<contract.Import, 'needs_token' | 'rejected_count' | 'open_conflicts' | 'rejected'> {
  const { progress } = found
  const { perSecond, pagesLeft, waits } = progress
  const isEstimated = runs && found.phase === 'visits' && perSecond > 0 && pagesLeft > 0
  return {
    id: found.id,
    source: found.source === 'files' ? 'files' : 'sell',
    base_url: found.source === 'files' ? null : found.baseUrl,
    phase: found.phase,
    is_running: runs,
    is_complete: isComplete(found),
    counts: { ...progress.counts },
    expected: progress.expected,
    state: runs ? 'running' : found.phase === 'done' ? 'done' : stoppedState(found),
    lists: describeLists(progress),
    second_look: { ...(progress.secondLook ?? { ranges: 0, checked: 0 }) },
    pages_left: pagesLeft,
    estimated_seconds_left: isEstimated ? Math.ceil(pagesLeft / perSecond) : null,
    requests: progress.requests,
    repeated: progress.repeated,
    requests_per_second: runs ? perSecond : 0,
    visits_per_second: runs ? (progress.visitsPerSecond ?? 0) : 0,
    waits: { count: waits?.count ?? 0, seconds: Math.round((waits?.ms ?? 0) / 1000) },
    behind_seconds: behindSeconds(found, now),
    gaps: progress.gaps.map(({ list, cause, filter, reason, missingMax }) => ({
      list,
      cause,
      filter,
      reason,
      missing_max: missingMax,
    })),
    rests_on: [...progress.restsOn],
    files: describeFiles(progress.files),
    last_error: found.lastError,
    started_at: printSeconds(found.startedAt),
    updated_at: printSeconds(found.updatedAt),
    finished_at: found.finishedAt === null ? null : printSeconds(found.finishedAt),
  }
}

/** An import from Sell goes on where it was, one of files begins again. */
function stoppedState({ source, lastError }: Import): contract.Import['state'] {
  if (source !== 'files') return 'paused'
  return lastError === null ? 'interrupted' : 'failed'
}

function describeFiles(files: FilesProgress | undefined): contract.Import['files'] {
  if (!files) return null
  return {
    dry_run: files.isDryRun,
    bytes: files.bytes,
    bytes_read: Math.min(files.bytes, files.bytesRead),
    files: files.files.map(({ name, rejected, note }) => ({
      name,
      rejected,
      header_row: note?.headerLine ?? null,
      left_out: [...(note?.leftOut ?? [])],
      columns_not_imported: [...(note?.columns ?? [])],
      items_not_imported: [...(note?.items ?? [])],
    })),
    not_taken: [...files.notTaken],
    unclear_names: files.unclearNames.map((each) => ({ ...each, ids: [...each.ids] })),
    created: { users: [...files.made.users], outcomes: [...files.made.outcomes] },
    first: [...files.first],
  }
}

function describeLists({ reads = {}, notGiven = {} }: ImportProgress): contract.Import['lists'] {
  const lists = [...new Set([...Object.keys(reads), ...Object.keys(notGiven)])]
  return lists.map((list) => {
    const { items = 0, startedAt = 0, endedAt = 0 } = reads[list] ?? {}
    const seconds = Math.round((endedAt - startedAt) / 1000)
    return { list, read: items, seconds, not_given: notGiven[list] ?? null }
  })
}

/** Throws `unavailable` where there is none. */
export function importerOf({ importer }: Pick<Tools, 'importer'>): Importer {
  if (importer) return importer
  throw new DomainError(
    'unavailable',
    'This server runs no imports. Use `./doorstep import` on the command line.',
  )
}

/** A row as an import of files stored it. */
export const readRejectedRow = (item: string): RejectedRow => JSON.parse(item)

/** An import as it is answered, with the first rejected items where they are given. */
export async function toAnswer(
  {
    store,
    actor,
    clock,
    importer,
  }: Pick<Call<Operation>, 'store' | 'actor' | 'clock' | 'importer'>,
  found: Import,
  rejected: readonly ImportError[] = [],
): Promise<contract.Import> {
  const now = clock()
  const runs = isRunning(found, now)
  return {
    ...describeImport(found, now, runs),
    needs_token: importer?.heldOf(actor.accountKey, found.id) === undefined,
    rejected_count: await store.imports.countErrors(actor.accountKey, found.id),
    open_conflicts: await store.imports.countConflicts(actor.accountKey, 'open'),
    rejected: rejected.map(({ field, reason, item }) => ({
      field,
      reason,
      item: found.source === 'files' ? readRejectedRow(item).text : item,
    })),
  }
}
