import { expect, it } from 'vitest'

import type { ReviewFlag, ReviewState, VerificationReason } from '../domain/findings.ts'
import type { Visit } from '../domain/visits.ts'
import { mergeVisit } from './imports/merge.ts'
import { reviewStateAfter, reviewStateOf } from './review-states.ts'

const judged = (
  status: Visit['status'],
  reason?: VerificationReason,
  flags: readonly ReviewFlag[] = [],
) => ({ status, evidence: reason ? JSON.stringify({ reason, flags }) : null })

const imported = mergeVisit(
  undefined,
  {
    id: 1,
    creatorId: 2,
    outcomeId: null,
    resourceType: 'lead',
    resourceId: 3,
    visitedAt: 0,
    resourceAddress: null,
    status: 'resource_location_too_far',
    summary: null,
    createdAt: 0,
    updatedAt: 0,
  },
  new Map(),
)

const far = judged('resource_location_too_far', 'outside_radius')
const near = judged('verified', 'within_radius')
const atTheEdge = judged('location_unknown', 'borderline')
const flagged = judged('verified', 'within_radius', ['late_sync'])

it('opens what is too far, at the edge, or has flags, and nothing else (4.5)', () => {
  expect([far, atTheEdge, flagged, imported].map(reviewStateOf)).toEqual(Array(4).fill('open'))
  const rest = [near, judged('verified'), judged('location_unknown', 'no_fix')]
  expect(rest.map(reviewStateOf)).toEqual([null, null, null])
  expect(imported.review).toBe('open')
})

it.each<[string, typeof far, ReviewState | null, typeof far, ReviewState | null]>([
  ['a decision stands while the verdict is the same', far, 'kept', far, 'kept'],
  ['a decision stands though flags come', near, 'dismissed', flagged, 'dismissed'],
  ['another verdict opens it again', far, 'kept', atTheEdge, 'open'],
  ['another verdict may settle it', far, 'open', near, null],
  ['what was asked for stays open', near, 'open', near, 'open'],
  ['flags that go settle it', flagged, 'open', near, null],
  ['flags that come open it', near, null, flagged, 'open'],
])('%s (4.5)', (_name, from, review, to, expected) => {
  expect(reviewStateAfter({ ...imported, ...from, review }, to)).toBe(expected)
})
