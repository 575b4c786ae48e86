import type * as contract from '@doorstep/contract/audit'
import { perPageDefault } from '@doorstep/contract/limits'

import type { AuditEntry, AuditFilter, AuditKey } from '../domain/audit.ts'
import { parseTime, printSeconds } from '../domain/clock.ts'
import type { Call, Handler } from './request/call.ts'
import { answerPart, openCursor, sealCursor } from './request/pages.ts'

type AuditCall = Call<typeof contract.listAuditEntries>

const newestFirst = { field: 'at', descending: true }

export const listAuditEntries: Handler<typeof contract.listAuditEntries> = async (call) => {
  const { actor, query, store } = call
  const { per_page: limit = perPageDefault } = query
  const part = { after: readCursor(call), limit }
  const { rows, hasMore } = await store.audit.list(actor.accountKey, toAuditFilter(query), part)
  const last = hasMore ? rows.at(-1) : undefined
  const cursor = last && sealCursor(call, newestFirst, [last.at, last.id])
  return answerPart(call, 'audit_entry', rows.map(printEntry), cursor)
}

function readCursor(call: AuditCall): AuditKey | undefined {
  const place = openCursor(call, newestFirst, call.query.cursor ?? '')
  if (!place) return undefined
  const [at = 0, id = 0] = place.map(Number)
  return { at, id }
}

/** What the parameters of the list select. */
export const toAuditFilter = (query: AuditCall['query']): AuditFilter => ({
  actorId: query.actor_id,
  actions: query.action,
  subjectKind: query.subject_kind,
  subjectId: query.subject_id,
  since: toTime(query.since),
  until: toTime(query.until),
})

const toTime = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseTime(text)

/** An entry as the API answers it. */
export const printEntry = (entry: AuditEntry): contract.AuditEntry => ({
  id: entry.id,
  at: printSeconds(entry.at),
  actor_id: entry.actorId,
  actor_name: entry.actorName,
  means: entry.means,
  token_id: entry.tokenId,
  token_name: entry.tokenName,
  action: entry.action,
  subject_kind: entry.subjectKind,
  subject_id: entry.subjectId,
  subject_name: entry.subjectName,
  details: { ...entry.details },
})
