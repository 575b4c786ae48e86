import { futureMaxMs } from '@doorstep/contract/limits'
import type {
  createVisit,
  deleteVisit,
  Device,
  getVisit,
  updateVisit,
  VisitChange,
  VisitDraft,
} from '@doorstep/contract/visits'

import { parseTime } from '../domain/clock.ts'
import type { Transaction } from '../domain/store.ts'
import { printWrittenVisit } from '../domain/visits.ts'
import {
  changeVisit,
  findChangeable,
  findReferences,
  type ReferenceProblem,
  removeVisit,
  type VisitDraft as Draft,
} from '../rules/visit-log.ts'
import { type Problem, resourceNotFound, throwProblems } from './errors.ts'
import { fieldProblem } from './request/body.ts'
import type { Call, Checks, Handler } from './request/call.ts'
import { withKey } from './request/idempotency.ts'
import { readAtLeast } from './request/min-position.ts'

export const handleGetVisit: Handler<typeof getVisit> = async ({ store, actor, params, query }) => {
  const { items, count } = await readAtLeast(query.min_position, (minPosition) =>
    store.visits.list(actor.accountKey, {
      offset: 0,
      limit: 1,
      sort: { field: 'id', descending: false },
      filter: { ids: [idOf(params)] },
      viewer: actor,
      includeVerification: query.include === 'verification',
      minPosition,
    }),
  )
  if (count === 0) throw notFound(params)
  return items
}

export const handleCreateVisit: Handler<typeof createVisit> = (call) =>
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

export const handleUpdateVisit: Handler<typeof updateVisit> = async (call) => {
  const { store, actor, body, params, query, clock, newEventId } = call
  const change = {
    outcomeId: body.outcome_id,
    summary: body.summary,
    visitedAt: timeOf(body.visited_at),
  }
  return orNotFound(params, () =>
    store.write(actor.accountKey, async (tx) => {
      const before = await findChangeable(tx, actor, idOf(params))
      const isSame = body.outcome_id === before.outcome?.id
      throwProblems(isSame ? [] : await referenceProblems(tx, body))
      const context = { now: clock(), newEventId }
      const visit = await changeVisit(tx, actor, idOf(params), change, context)
      const position = await tx.events.settle()
      return printWrittenVisit(visit, position, query.include === 'verification')
    }),
  )
}

export const handleDeleteVisit: Handler<typeof deleteVisit> = async (call) => {
  const { store, actor, params, clock, newEventId } = call
  await orNotFound(params, () =>
    store.write(actor.accountKey, (tx) =>
      removeVisit(tx, actor, idOf(params), { now: clock(), newEventId }),
    ),
  )
  return undefined
}

/** What the schema cannot see: times that lie ahead, half a device, references to nothing. */
export const visitChecks: Checks<typeof createVisit | typeof updateVisit> = {
  always: ({ clock }, body: Partial<VisitDraft & VisitChange>) => [
    ...futureProblems('/visited_at', timeOf(body.visited_at), clock()),
    ...(body.device ? deviceProblems(body.device, clock()) : []),
  ],
  checkMoreOnRefusal: ({ store, actor }, body: Partial<VisitDraft & VisitChange>) =>
    store.preview(actor.accountKey, (tx) => referenceProblems(tx, body)),
}

async function referenceProblems(
  tx: Transaction,
  body: Partial<VisitDraft & VisitChange>,
): Promise<Problem[]> {
  const { problems } = await findReferences(tx, {
    ...(body.resource_type && { resourceKind: body.resource_type }),
    ...(body.resource_id !== undefined && { resourceId: body.resource_id }),
    ...(body.outcome_id !== undefined && { outcomeId: body.outcome_id }),
  })
  return problems.map(toProblem)
}

const toProblem = ({ field, why }: ReferenceProblem): Problem =>
  problem(field, 'incorrect_value', why)

const problem = (field: string, code: 'missing' | 'incorrect_value', why: string): Problem =>
  fieldProblem('visit', field, code, why)

const futureProblems = (field: string, at: number | undefined, now: number): Problem[] =>
  at !== undefined && at > now + futureMaxMs
    ? [problem(field, 'incorrect_value', 'must not be more than 5 minutes in the future')]
    : []

const fixAttributes = ['latitude', 'longitude', 'accuracy_m', 'fix_at', 'captured_at'] as const

/** A device tells either why it has no fix, or all of the fix. */
function deviceProblems(device: Device, now: number): Problem[] {
  const given = fixAttributes.filter((name) => device[name] !== undefined)
  if (device.unavailable !== undefined) {
    const why = 'cannot be given together with "unavailable"'
    return given.map((name) => problem(`/device/${name}`, 'incorrect_value', why))
  }
  const absent = fixAttributes.filter((name) => device[name] === undefined)
  const skewMs = skewOf(device, now)
  const ahead = (name: 'fix_at' | 'captured_at') => {
    const at = timeOf(device[name])
    return futureProblems(`/device/${name}`, at === undefined ? at : at - skewMs, now)
  }
  return [
    ...absent.map((name) => problem(`/device/${name}`, 'missing', 'must be given')),
    ...ahead('fix_at'),
    ...ahead('captured_at'),
  ]
}

/** By how much the phone's clock is ahead, where that is more than the way here can explain. */
function skewOf(device: Device, now: number): number {
  const sentAt = timeOf(device.sent_at)
  const skewMs = sentAt === undefined ? 0 : sentAt - now
  return Math.abs(skewMs) > futureMaxMs ? skewMs : 0
}

const timeOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseTime(text)

function toDraft(body: VisitDraft, now: number): Draft {
  return {
    resourceKind: body.resource_type,
    resourceId: body.resource_id,
    outcomeId: body.outcome_id ?? null,
    summary: body.summary ?? null,
    visitedAt: timeOf(body.visited_at),
    device: body.device ? toReport(body.device, now) : null,
  }
}

function toReport(device: Device, now: number): Draft['device'] {
  if (device.unavailable !== undefined) return { unavailable: device.unavailable }
  const { latitude, longitude, accuracy_m: accuracyM } = device
  const fixAt = timeOf(device.fix_at)
  const capturedAt = timeOf(device.captured_at)
  if (
    latitude === undefined ||
    longitude === undefined ||
    accuracyM === undefined ||
    fixAt === undefined ||
    capturedAt === undefined
  ) {
    throw new Error('the check let half a device pass')
  }
  const skewMs = skewOf(device, now)
  return {
    latitude,
    longitude,
    accuracyM,
    accuracyConfidence: device.accuracy_confidence ?? 0.95,
    fixAt: fixAt - skewMs,
    capturedAt: capturedAt - skewMs,
    skewMs,
  }
}

type Params = Call<typeof getVisit>['params']

const idOf = ({ id = '' }: Params): number => (/^\d{1,16}$/.test(id) ? Number(id) : 0)

const notFound = ({ id = '' }: Params) => resourceNotFound('visit', id.slice(0, 100))

/** What is not there is told in the words of the incumbent. */
async function orNotFound<Result>(params: Params, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'not_found'
    throw isAbsent ? notFound(params) : error
  }
}
