import type {
  createVisitOutcome,
  mergeVisitOutcome,
  updateVisitOutcome,
  VisitOutcomeChange as Body,
} from '@doorstep/contract/visit-outcomes'

import type { Transaction } from '../domain/store.ts'
import {
  addOutcome,
  changeOutcome,
  findMergeProblems,
  findOutcome,
  findOutcomeProblems,
  mergeOutcome,
  type OutcomeChange,
  type OutcomeProblem,
} from '../rules/outcome-changes.ts'
import { type Problem, throwProblems } from './errors.ts'
import { fieldProblem } from './request/body.ts'
import type { Checks, Handler } from './request/call.ts'
import { writeOnce } from './request/idempotency.ts'
import { idOf, orNotFound } from './request/ids.ts'
import { printOutcome } from './visit-outcomes.ts'

export const handleCreateVisitOutcome: Handler<typeof createVisitOutcome> = (call) =>
  writeOnce(call, async (tx) => {
    const { body, query, clock } = call
    throwProblems(await problemsOf(tx, undefined, body))
    const draft = { ...toChange(body), name: body.name }
    return printOutcome(await addOutcome(tx, draft, clock()), query.include)
  })

export const handleUpdateVisitOutcome: Handler<typeof updateVisitOutcome> = async (call) => {
  const { store, actor, body, params, query, clock, wake } = call
  const id = idOf(params)
  const answer = await orNotFound('visit_outcome', params, () =>
    store.write(actor.accountKey, async (tx) => {
      await findOutcome(tx, id)
      throwProblems(await problemsOf(tx, id, body))
      return printOutcome(await changeOutcome(tx, id, toChange(body), clock()), query.include)
    }),
  )
  wake()
  return answer
}

export const handleMergeVisitOutcome: Handler<typeof mergeVisitOutcome> = async (call) => {
  const { store, actor, body, params, query, clock, wake } = call
  const id = idOf(params)
  const answer = await orNotFound('visit_outcome', params, () =>
    store.write(actor.accountKey, async (tx) => {
      await findOutcome(tx, id)
      throwProblems((await findMergeProblems(tx, id, body.into_id)).map(toProblem))
      return printOutcome(await mergeOutcome(tx, id, body.into_id, clock()), query.include)
    }),
  )
  wake()
  return answer
}

/** What the schema cannot see, where the body has other problems already. */
export const outcomeChecks: Checks<typeof createVisitOutcome | typeof updateVisitOutcome> = {
  checkMoreOnRefusal: async ({ store, actor, params }, body) =>
    store.preview(actor.accountKey, (tx) =>
      problemsOf(tx, 'id' in params ? idOf(params) : undefined, body),
    ),
}

const problemsOf = async (
  tx: Transaction,
  id: number | undefined,
  body: Body,
): Promise<Problem[]> => (await findOutcomeProblems(tx, id, toChange(body))).map(toProblem)

const toProblem = ({ field, code, why }: OutcomeProblem): Problem =>
  fieldProblem('visit_outcome', field, code, why)

const toChange = (body: Body): OutcomeChange => ({
  name: body.name,
  color: body.color,
  icon: body.icon,
  position: body.position,
  isActive: body.active,
})
