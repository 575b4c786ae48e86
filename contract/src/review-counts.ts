import Type from 'typebox'

import { item } from './envelopes.ts'
import type { Operation } from './operations.ts'

const Count = Type.Integer({ minimum: 0 })

const ReviewCounts = Type.Object({
  visits: Type.Integer({ minimum: 0, description: 'All of them, each once' }),
  too_far: Count,
  borderline: Count,
  flagged: Count,
  pin_changes: Type.Integer({ minimum: 0, description: 'Proposals that wait for a decision' }),
})

export const getReviewCounts = {
  id: 'getReviewCounts',
  method: 'GET',
  path: '/v2/review_counts',
  tag: 'Maps and reports',
  summary: 'What waits for the user’s review',
  description:
    'Open reviews of visits that the user may decide: of those below, and for admins of all, never ' +
    'of one’s own. A visit with several faults is in several counts.',
  scopes: ['read'],
  query: Type.Object({}),
  answer: item(ReviewCounts, 'review_counts'),
} as const satisfies Operation

export type ReviewCounts = Type.Static<typeof ReviewCounts>
