import Type from 'typebox'

import { item } from './envelopes.ts'
import { reportRowsMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { nullable, severalOf } from './parameters.ts'
import { visitFilterRules, visitFilters } from './visit-filters.ts'

export const reportKeys = [
  'day',
  'week',
  'month',
  'creator',
  'team',
  'outcome',
  'status',
  'resource_type',
] as const

const Count = Type.Integer({ minimum: 0 })

const numbers = {
  visits: Count,
  verified: Count,
  too_far: Count,
  unknown: Count,
  unknown_by_reason: Type.Record(Type.String(), Count, {
    description: 'By the reason of the verdict; `none`: visits that were judged elsewhere',
  }),
  off: Count,
  verified_rate: nullable(Type.Number({ description: 'verified / (verified + too_far)' })),
  customers: Type.Integer({ description: 'Different leads and contacts that were visited' }),
  assigned: nullable(
    Type.Integer({ description: 'Leads and contacts that the people of the row own' }),
  ),
  coverage: nullable(Type.Number({ description: 'Which part of the assigned was visited' })),
}

const Key = Type.Optional(Type.Union([Type.String(), Type.Integer(), Type.Null()]))

const Report = {
  rows: Type.Array(
    Type.Object({
      keys: Type.Object(
        {
          day: Key,
          week: Key,
          month: Key,
          creator: Key,
          team: Key,
          outcome: Key,
          status: Key,
          resource_type: Key,
        },
        {
          description:
            'Days as `2026-03-02`, weeks by their Monday, months as `2026-03`, and ids; a team by ' +
            'the id of its manager',
        },
      ),
      ...numbers,
    }),
  ),
  totals: Type.Object(numbers),
}

const VisitReport = Type.Object({ ...Report, previous: Type.Optional(Type.Object(Report)) })

export const getVisitReport = {
  id: 'getVisitReport',
  method: 'GET',
  path: '/v2/visit_reports',
  tag: 'Maps and reports',
  summary: 'Visits in numbers',
  description:
    'One row for each value of `group_by`, or each pair of values. Days are those of the account’s ' +
    'time zone. Takes the filters of the list. `compare=previous` adds the same for the time of ' +
    'the same length before `visited_at`, which must have a beginning and an end. A report of more ' +
    `than ${reportRowsMax.toLocaleString('en')} rows is 400.`,
  scopes: ['read'],
  query: Type.Object(
    {
      ...visitFilters,
      group_by: severalOf(Type.Enum(reportKeys), 2),
      compare: Type.Optional(Type.Enum(['previous'])),
    },
    visitFilterRules,
  ),
  answer: item(VisitReport, 'visit_report'),
} as const satisfies Operation

export type VisitReport = Type.Static<typeof VisitReport>
