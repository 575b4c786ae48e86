import { isComplete } from '../../domain/importer.ts'
import type { Import } from '../../domain/imports.ts'

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
  requests: so.progress.requests,
  repeated: so.progress.repeated,
  comparison: so.progress.comparison,
})

const lists: Readonly<Record<string, string>> = {
  creator_id: 'GET /v2/users names everyone who has logged a visit',
  resource_id: 'GET /v2/leads and /v2/contacts name everything that was visited',
  'leads.owner_id': 'GET /v2/users names every owner of a lead',
  'leads.creator_id': 'GET /v2/users names everyone who made a lead',
  'contacts.owner_id': 'GET /v2/users names every owner of a contact',
  'contacts.creator_id': 'GET /v2/users names everyone who made a contact',
}

/** What an import has come to, in sentences. */
export function reportLines(so: Import): string[] {
  const { counts, requests, repeated } = so.progress
  const { read, created, updated, unchanged, conflicts, rejected, events } = counts
  const lines = [
    `${read} read (${events} of them events), ${created} created, ${updated} updated, ` +
      `${unchanged} unchanged, ${conflicts} conflicts, ${rejected} rejected`,
    `${requests} requests, ${repeated} of them repeated`,
  ]
  if (so.phase === 'done' || so.phase === 'following') lines.push(...completenessLines(so.progress))
  if (conflicts > 0) lines.push('Changed on both sides: see ./doorstep import conflicts')
  return lines
}

/** What has been proven, and what has not. */
export function completenessLines({
  gaps,
  restsOn,
}: Pick<Import['progress'], 'gaps' | 'restsOn'>): string[] {
  const given = restsOn.map((name) => lists[name] ?? name)
  if (gaps.length === 0) {
    return given.length === 0
      ? ['Complete: every range was read to its end.']
      : [`Complete, provided that ${given.join(', and ')}. Every range was read to its end.`]
  }
  const lines = gaps.map(({ list, filter, reason, missingMax }) => {
    const most = missingMax === null ? '' : ` (at most ${missingMax})`
    return `  ${list}${filter === '' ? '' : `?${filter}`}: ${reason}${most}`
  })
  const others =
    given.length === 0 ? 'proven to be complete' : `complete, provided that ${given.join(', and ')}`
  return ['NOT PROVEN COMPLETE:', ...lines, `All else is ${others}.`]
}
