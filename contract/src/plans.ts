import Type from 'typebox'

import { item } from './envelopes.ts'
import { planStopsMax, skipReasonLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable } from './parameters.ts'

export const stopStates = ['planned', 'visited', 'skipped'] as const

const Day = Type.String({ format: 'date', description: 'A calendar day, YYYY-MM-DD' })
const Kind = Type.Enum(['lead', 'contact'])
const State = Type.Enum(stopStates)
const SkipReason = nullable(Type.String({ maxLength: skipReasonLengthMax }))

/** Whom a user means to visit on a day, in this order. */
export const Plan = Type.Object({
  user_id: Id,
  date: Day,
  stops: Type.Array(
    Type.Object({
      resource_type: Kind,
      resource_id: Id,
      state: State,
      skip_reason: SkipReason,
      visit_id: nullable(Id),
    }),
  ),
})

const one = {
  tag: 'Plans',
  resource: 'plan',
  path: '/v2/plans/:date',
  params: Type.Object({ date: Day }),
  answer: item(Plan, 'plan'),
} as const

export const getPlan = {
  ...one,
  id: 'getPlan',
  method: 'GET',
  summary: 'The plan of a day: your own, or with `user_id` that of a user below you',
  description: 'A day without a plan has no stops.',
  scopes: ['read'],
  query: Type.Object({ user_id: Type.Optional(Id) }),
} as const satisfies Operation

export const updatePlan = {
  ...one,
  id: 'updatePlan',
  method: 'PUT',
  summary: 'Replace your plan of a day',
  description:
    'A stop at which you have logged a visit on that day is `visited`, whatever is sent, and ' +
    'so it becomes when you log one later. `visit_id` names a visit of yours to that record on ' +
    'that day; without it, the server finds one.',
  scopes: ['write'],
  query: Type.Object({}),
  body: Type.Object({
    stops: Type.Array(
      Type.Object({
        resource_type: Kind,
        resource_id: Id,
        state: Type.Optional(Type.Enum(stopStates, { description: 'Default: planned' })),
        skip_reason: Type.Optional(SkipReason),
        visit_id: Type.Optional(nullable(Id)),
      }),
      { maxItems: planStopsMax },
    ),
  }),
} as const satisfies Operation

export type Plan = Type.Static<typeof Plan>
export type PlanDraft = Type.Static<typeof updatePlan.body>
