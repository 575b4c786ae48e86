import type * as contract from '@doorstep/contract/visit-outcomes'

import { changesOf } from '../domain/audit.ts'
import { printMillis } from '../domain/clock.ts'
import type { Queries } from '../domain/store.ts'
import type { VisitOutcome } from '../domain/visit-outcomes.ts'
import {
  addOutcome,
  changeOutcome,
  findMergeProblems,
  findOutcome,
  findOutcomeProblems,
  mergeOutcome,
  type OutcomeChange,
  type OutcomeProblem,
} from '../rules/visit-outcomes.ts'
import { type Problem, throwProblems, fieldProblem } from './errors.ts'
import type { Checks, Handler } from './request/call.ts'
import { writeOnce } from './request/idempotency.ts'
import { idOf, notFound, writeCheckedObject } from './request/ids.ts'
import type { Present } from './request/if-match.ts'
import { answerPage, printItem } from './request/pages.ts'

export const listVisitOutcomes: Handler<typeof contract.listVisitOutcomes> = (call) => {
  const { query, actor, store } = call
  return answerPage(
    call,
    'visit_outcome',
    ['id'],
    (page) => store.visitOutcomes.list(actor.accountKey, query.ids, page),
    (outcome) => toAnswer(outcome, query.include),
  )
}

export const getVisitOutcome: Handler<typeof contract.getVisitOutcome> = async (call) => {
  const { query, actor, store, params } = call
  const { rows } = await store.visitOutcomes.list(actor.accountKey, [idOf(params)], {
    offset: 0,
    limit: 1,
    sort: { field: 'id', descending: false },
  })
  const [outcome] = rows
  if (!outcome) throw notFound('visit_outcome', params)
  return printOutcome(outcome, query.include)
}

export const presentOutcome: Present = async (tx, { params }) => {
  const id = idOf(params)
  const outcome = (await tx.visitOutcomes.find([id])).get(id)
  return outcome ? [printOutcome(outcome, undefined), printOutcome(outcome, 'style')] : []
}

export const createVisitOutcome: Handler<typeof contract.createVisitOutcome> = (call) =>
  writeOnce(
    call,
    async (queries) => throwProblems(await problemsOf(queries, undefined, call.body)),
    async (tx) => {
      const { actor, body, query, clock } = call
      const outcome = await addOutcome(tx, { ...toChange(body), name: body.name }, clock())
      await tx.audit.add(actor, 'outcome_created', subjectOf(outcome))
      return printOutcome(outcome, query.include)
    },
  )

export const updateVisitOutcome: Handler<typeof contract.updateVisitOutcome> = async (call) => {
  const { actor, body, query, clock, wake } = call
  const check = async (queries: Queries, id: number) => {
    const outcome = await findOutcome(queries, id)
    throwProblems(await problemsOf(queries, id, body))
    return outcome
  }
  const answer = await writeCheckedObject(call, 'visit_outcome', check, async (tx, id, before) => {
    const after = await changeOutcome(tx, id, toChange(body), clock())
    const changes = changesOf({ ...before }, { ...after }, noted)
    if (changes) await tx.audit.add(actor, 'outcome_changed', subjectOf(after), changes)
    return printOutcome(after, query.include)
  })
  wake()
  return answer
}

export const mergeVisitOutcome: Handler<typeof contract.mergeVisitOutcome> = async (call) => {
  const { actor, body, query, clock, wake } = call
  const check = async (queries: Queries, id: number) => {
    await findOutcome(queries, id)
    throwProblems((await findMergeProblems(queries, id, body.into_id)).map(toProblem))
  }
  const answer = await writeCheckedObject(call, 'visit_outcome', check, async (tx, id) => {
    const merged = await mergeOutcome(tx, id, body.into_id, clock())
    await tx.audit.add(actor, 'outcome_merged', subjectOf(merged), { into_id: body.into_id })
    return printOutcome(merged, query.include)
  })
  wake()
  return answer
}

/** What is noted of a change. */
const noted = {
  name: 'values',
  color: 'values',
  icon: 'values',
  position: 'values',
  isActive: 'values',
} as const

const subjectOf = ({ id, name }: VisitOutcome) => ({ kind: 'visit_outcome', id, name }) as const

/** Problems that only the store can find. */
export const checks: Checks<
  typeof contract.createVisitOutcome | typeof contract.updateVisitOutcome
> = {
  checkMoreOnRefusal: async ({ store, actor, params }, body) =>
    store.read(actor.accountKey, (queries) =>
      problemsOf(queries, 'id' in params ? idOf(params) : undefined, body),
    ),
}

const problemsOf = async (
  queries: Queries,
  id: number | undefined,
  body: contract.VisitOutcomeChange,
): Promise<Problem[]> => (await findOutcomeProblems(queries, id, toChange(body))).map(toProblem)

const toProblem = ({ field, code, why }: OutcomeProblem): Problem =>
  fieldProblem('visit_outcome', field, code, why)

const toChange = (body: contract.VisitOutcomeChange): OutcomeChange => ({
  name: body.name,
  color: body.color,
  icon: body.icon,
  position: body.position,
  isActive: body.active,
})

const printOutcome = (outcome: VisitOutcome, include: 'style' | undefined): string =>
  printItem('visit_outcome', toAnswer(outcome, include))

const toAnswer = (outcome: VisitOutcome, include: 'style' | undefined): contract.VisitOutcome => ({
  id: outcome.id,
  name: outcome.name,
  created_at: printMillis(outcome.createdAt),
  updated_at: printMillis(outcome.updatedAt),
  ...(include === 'style' && {
    color: outcome.color,
    icon: outcome.icon,
    position: outcome.position,
    active: outcome.isActive,
  }),
})
