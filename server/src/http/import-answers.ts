import type * as contract from '@doorstep/contract/imports'

import { printSeconds } from '../domain/clock.ts'
import type { ImportProgress } from '../domain/import-progress.ts'
import { behindSeconds, isComplete } from '../domain/importer.ts'
import type { Import } from '../domain/imports.ts'

/** What the import itself says. `runs`: whether a process is running it. */
export function describeImport(
  found: Import,
  now: number,
  runs: boolean,
): Omit<contract.Import, 'needs_token' | 'rejected_count' | 'open_conflicts' | 'rejected'> {
  const { progress } = found
  const { perSecond, pagesLeft, waits } = progress
  const isEstimated = runs && found.phase === 'visits' && perSecond > 0 && pagesLeft > 0
  return {
    id: found.id,
    source: 'sell',
    base_url: found.baseUrl,
    phase: found.phase,
    is_running: runs,
    is_complete: isComplete(found),
    counts: { ...progress.counts },
    expected: progress.expected,
    state: runs ? 'running' : found.phase === 'done' ? 'done' : 'paused',
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
    last_error: found.lastError,
    started_at: printSeconds(found.startedAt),
    updated_at: printSeconds(found.updatedAt),
    finished_at: found.finishedAt === null ? null : printSeconds(found.finishedAt),
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
