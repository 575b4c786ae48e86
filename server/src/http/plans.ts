import type * as contract from '@doorstep/contract/plans'

import { isDay } from '../domain/days.ts'
import type { PlanStop } from '../domain/plans.ts'
import type { Queries } from '../domain/store.ts'
import { planDay, type StopDraft } from '../rules/plans.ts'
import { forbidden } from './access/auth.ts'
import { ApiError, fieldProblem, type Problem, resourceNotFound, throwProblems } from './errors.ts'
import type { Call, Checks, Handler } from './request/call.ts'
import { writeChecked } from './request/idempotency.ts'
import type { Params } from './request/ids.ts'
import type { Present } from './request/if-match.ts'
import { printItem } from './request/pages.ts'

export const getPlan: Handler<typeof contract.getPlan> = async (call) => {
  const { store, actor, query, params } = call
  const day = dayOf(params)
  const userId = query.user_id ?? actor.userId
  await requireBelow(call, userId)
  return printPlan(userId, day, await store.plans.find(actor.accountKey, userId, day))
}

export const presentPlan: Present = async ({ plans }, { actor, params }) => {
  const day = dayOf(params)
  return [printPlan(actor.userId, day, await plans.find(actor.userId, day))]
}

/** The plans of others are for admins and for the managers above them. */
async function requireBelow(
  { store, actor }: Pick<Call<typeof contract.getPlan>, 'store' | 'actor'>,
  userId: number,
): Promise<void> {
  if (userId === actor.userId) return
  const user = await store.users.find(actor.accountKey, userId)
  if (!user) throw resourceNotFound('user', String(userId))
  if (actor.isAdmin) return
  const team = await store.users.findTeam(actor.accountKey, actor.userId)
  if (!team.includes(userId)) {
    throw forbidden(
      'You may read your own plans and those of the users below you. Ask an admin for others.',
    )
  }
}

export const updatePlan: Handler<typeof contract.updatePlan> = async (call) => {
  const { actor, body, params } = call
  const day = dayOf(params)
  const check = async (queries: Queries) => {
    const { stops, problems } = await planDay(queries, actor.userId, day, body.stops.map(toDraft))
    throwProblems(problems.map(toProblem))
    return stops
  }
  const stops = await writeChecked(call, check, async (tx, planned) => {
    await tx.plans.replace(actor.userId, day, planned)
    return planned
  })
  return printPlan(actor.userId, day, stops)
}

/** Finds the problems of stops that are valid by the schema. */
export const checks: Checks<typeof contract.updatePlan> = {
  checkMoreOnRefusal: async ({ store, actor, params }, { stops }) => {
    if (!stops) return []
    const drafts = stops.map(toDraft)
    const { problems } = await store.read(actor.accountKey, (queries) =>
      planDay(queries, actor.userId, dayOf(params), drafts),
    )
    return problems.map(toProblem)
  },
}

function dayOf({ date = '' }: Params): string {
  if (isDay(date)) return date
  const given = date.slice(0, 100)
  const details = `A plan is of a calendar day, written YYYY-MM-DD, given: ${given}`
  const message = 'resource you are looking for was not found'
  throw new ApiError([{ resource: 'plan', code: 'not_found', message, details }])
}

const toDraft = (stop: contract.PlanDraft['stops'][number]): StopDraft => ({
  resourceKind: stop.resource_type,
  resourceId: stop.resource_id,
  state: stop.state ?? 'planned',
  skipReason: stop.skip_reason ?? null,
  visitId: stop.visit_id ?? null,
})

const toProblem = ({
  field,
  code,
  why,
}: Awaited<ReturnType<typeof planDay>>['problems'][number]): Problem =>
  fieldProblem('plan', field, code, why)

const printPlan = (userId: number, date: string, stops: readonly PlanStop[]): string => {
  const plan: contract.Plan = {
    user_id: userId,
    date,
    stops: stops.map((stop) => ({
      resource_type: stop.resourceKind,
      resource_id: stop.resourceId,
      state: stop.state,
      skip_reason: stop.skipReason,
      visit_id: stop.visitId,
    })),
  }
  return printItem('plan', plan)
}
