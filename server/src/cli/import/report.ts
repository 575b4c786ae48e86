import { isComplete } from '../../domain/importer.ts'
import type { Import } from '../../domain/imports.ts'
import { conflictsLine, countOf } from './summary.ts'

/** An import as `--json` prints it. */
export const printImport = (so: Import) => ({
  id: so.id,
  source: so.source,
  base_url: so.baseUrl,
  phase: so.phase,
  is_complete: isComplete(so),
  rests_on: so.progress.restsOn,
  gaps: so.progress.gaps.map(({ list, filter, reason, missingMax }) => ({
    list,
    filter,
    reason,
    missing_max: missingMax,
  })),
  counts: so.progress.counts,
  not_given: so.progress.notGiven ?? {},
  requests: so.progress.requests,
  repeated: so.progress.repeated,
  comparison: so.progress.pass,
})

const lists: Readonly<Record<string, string>> = {
  creator_id: 'GET /v2/users names every user who has logged a visit',
  resource_id: 'GET /v2/leads and /v2/contacts name every visited record',
  'leads.owner_id': 'GET /v2/users names every owner of a lead',
  'leads.creator_id': 'GET /v2/users names every user who created a lead',
  'contacts.owner_id': 'GET /v2/users names every owner of a contact',
  'contacts.creator_id': 'GET /v2/users names every user who created a contact',
}

/** The result of an import, in sentences. */
export function reportLines(so: Import): string[] {
  const { counts, requests, repeated } = so.progress
  const { read, created, updated, unchanged, conflicts, rejected, events } = counts
  const lines = [
    `${read} read (including ${countOf(events, 'event', 'events')}), ${created} created, ${updated} updated, ` +
      `${unchanged} unchanged, ${countOf(conflicts, 'conflict', 'conflicts')}, ${rejected} rejected`,
    `${countOf(requests, 'request', 'requests')}, including ${countOf(repeated, 'retry', 'retries')}`,
  ]
  if (so.phase === 'done' || so.phase === 'following') lines.push(...completenessLines(so.progress))
  if (conflicts > 0) lines.push(conflictsLine(conflicts))
  for (const [list, reason] of Object.entries(so.progress.notGiven ?? {})) {
    lines.push(`Not imported: ${list.replaceAll('_', ' ')} (${reason})`)
  }
  return lines
}

/** What was proven, and what was not. */
export function completenessLines({
  gaps,
  restsOn,
}: Pick<Import['progress'], 'gaps' | 'restsOn'>): string[] {
  const given = restsOn.map((name) => lists[name] ?? name)
  if (gaps.length === 0) {
    return given.length === 0
      ? ['Complete: every range was read to its end.']
      : [`Complete if ${given.join(', and ')}. Every range was read to its end.`]
  }
  const lines = gaps.map(({ list, filter, reason, missingMax }) => {
    const most = missingMax === null ? '' : ` (at most ${missingMax})`
    return `  ${list}${filter === '' ? '' : `?${filter}`}: ${reason}${most}`
  })
  const others =
    given.length === 0 ? 'proven to be complete' : `complete if ${given.join(', and ')}`
  return ['NOT PROVEN COMPLETE:', ...lines, `Everything else is ${others}.`]
}
