import type * as contract from '@doorstep/contract/visits'

import type { Queries } from '../../domain/store.ts'
import { printWrittenVisit } from '../../domain/visit-items.ts'
import type { VisitListRequest } from '../../domain/visits.ts'
import type { VisitDraft } from '../../rules/check-ins.ts'
import { findReferences, type ReferenceProblem } from '../../rules/visit-references.ts'
import { changeVisit, findChangeable, removeVisit } from '../../rules/visits.ts'
import { type Problem, throwProblems, fieldProblem } from '../errors.ts'
import type { Checks, Handler, Call } from '../request/call.ts'
import { withKey } from '../request/idempotency.ts'
import { idOf, notFound, writeCheckedObject, writeObject } from '../request/ids.ts'
import type { Present } from '../request/if-match.ts'
import { readAtLeast } from '../request/min-position.ts'
import { collectionMeta, pageRequest, toSort, wrapItems } from '../request/pages.ts'
import { isUnchangedSince, setRevisionTag } from '../request/tagged.ts'
import { findDeviceProblems, findTimeProblems, readDevice, skewOf, timeOf } from './device.ts'
import { readVisitFilter } from './filters.ts'

const sorts = ['id', 'visited_at', 'created_at', 'updated_at'] as const

export const listVisits: Handler<typeof contract.listVisits> = async (call) => {
  const { query, store, actor } = call
  const findRevision = () =>
    readAtLeast(query.min_position, (minPosition) =>
      store.visits.findRevision(actor.accountKey, minPosition),
    )
  if (await isUnchangedSince(call, findRevision)) return undefined
  const request = pageRequest(call, toSort(query.sort_by ?? 'id', sorts))
  const filter = await readVisitFilter(store, actor.accountKey, query)
  const page = await readVisits(call, { ...request, filter })
  setRevisionTag(call, page.revision)
  return wrapItems(page.items, collectionMeta(call, request, page.count, page))
}

export const getVisit: Handler<typeof contract.getVisit> = async (call) => {
  const { items, count } = await readVisits(call, {
    offset: 0,
    limit: 1,
    sort: { field: 'id', descending: false },
    filter: { ids: [idOf(call.params)] },
  })
  if (count === 0) throw notFound('visit', call.params)
  return items
}

export const presentVisit: Present = (tx, { params }) => tx.visits.findForms(idOf(params))

const readVisits = async (
  call: Pick<Call<typeof contract.getVisit>, 'store' | 'actor' | 'query' | 'lookLog' | 'clock'>,
  page: Pick<VisitListRequest, 'offset' | 'limit' | 'sort' | 'filter' | 'includeTotal'>,
) => {
  const { store, actor, query, lookLog, clock } = call
  const found = await readAtLeast(query.min_position, (minPosition) =>
    store.visits.list(actor.accountKey, {
      ...page,
      viewer: actor,
      include: query.include,
      minPosition,
    }),
  )
  if (found.located) lookLog.note(actor.accountKey, actor.userId, found.located, clock())
  return found
}

export const createVisit: Handler<typeof contract.createVisit> = (call) =>
  withKey(call, async (once) => {
    const { actor, body, query, clock, logCheckIn } = call
    const now = clock()
    const draft = toDraft(body, now)
    const includesVerification = query.include === 'verification'
    const { problems, ...answer } = await logCheckIn({
      actor,
      draft,
      once,
      includesVerification,
      now,
    })
    throwProblems(problems.map(toProblem))
    return answer
  })

export const updateVisit: Handler<typeof contract.updateVisit> = async (call) => {
  const { actor, body, query, clock, newEventId } = call
  const change = {
    outcomeId: body.outcome_id,
    summary: body.summary,
    visitedAt: timeOf(body.visited_at),
  }
  const check = async (queries: Queries, id: number) => {
    const before = await findChangeable(queries, actor, id)
    const isSame = body.outcome_id === before.outcome?.id
    throwProblems(isSame ? [] : await referenceProblems(queries, body))
  }
  return writeCheckedObject(call, 'visit', check, async (tx, id) => {
    const context = { now: clock(), newEventId }
    const visit = await changeVisit(tx, actor, id, change, context)
    const position = await tx.events.assignOffsets()
    return printWrittenVisit(visit, position, query.include === 'verification')
  })
}

export const deleteVisit: Handler<typeof contract.deleteVisit> = async (call) => {
  const { actor, newEventId } = call
  await writeObject(call, 'visit', (tx, id) => removeVisit(tx, actor, id, newEventId))
  return undefined
}

/** Finds times in the future, incomplete device reports, and references to unknown objects. */
export const checks: Checks<typeof contract.createVisit | typeof contract.updateVisit> = {
  always: ({ clock }, body: Partial<contract.VisitDraft & contract.VisitChange>) => {
    const now = clock()
    const skewMs = skewOf(body.device, now)
    return [
      ...findTimeProblems('/visited_at', timeOf(body.visited_at), skewMs, now),
      ...(body.device ? findDeviceProblems(body.device, now) : []),
    ]
  },
  checkMoreOnRefusal: (
    { store, actor },
    body: Partial<contract.VisitDraft & contract.VisitChange>,
  ) => store.read(actor.accountKey, (queries) => referenceProblems(queries, body)),
}

async function referenceProblems(
  queries: Queries,
  body: Partial<contract.VisitDraft & contract.VisitChange>,
): Promise<Problem[]> {
  const { problems } = await findReferences(queries, {
    ...(body.resource_type && { resourceKind: body.resource_type }),
    ...(body.resource_id !== undefined && { resourceId: body.resource_id }),
    ...(body.outcome_id !== undefined && { outcomeId: body.outcome_id }),
  })
  return problems.map(toProblem)
}

const toProblem = ({ field, why }: ReferenceProblem): Problem =>
  fieldProblem('visit', field, 'incorrect_value', why)

function toDraft(body: contract.VisitDraft, now: number): VisitDraft {
  const visitedAt = timeOf(body.visited_at)
  return {
    resourceKind: body.resource_type,
    resourceId: body.resource_id,
    outcomeId: body.outcome_id ?? null,
    summary: body.summary ?? null,
    visitedAt: visitedAt === undefined ? undefined : visitedAt - skewOf(body.device, now),
    device: body.device ? readDevice(body.device, now) : null,
  }
}
