import type { VisitEvent } from '@doorstep/contract/stream'
import type { Visit } from '@doorstep/contract/visits'

export const token = '0123456789abcdef'.repeat(4)

export const visit = (id: number): Visit => ({
  id,
  creator_id: 1,
  outcome_id: null,
  resource_type: 'lead',
  resource_id: 7,
  visited_at: '2026-05-09T07:30:16.000Z',
  resource_address: null,
  rep_location_verification_status: 'verified',
  summary: null,
  created_at: '2026-05-09T07:31:00.000Z',
  updated_at: '2026-05-09T07:31:00.000Z',
})

/** Page `page` of `pages`, with `perPage` visits on each. */
export const visitPage = (page: number, pages: number, perPage: number) => ({
  items: Array.from({ length: perPage }, (_, index) => ({
    data: visit((page - 1) * perPage + index + 1),
    meta: { type: 'visit' },
  })),
  meta: {
    type: 'collection',
    count: perPage,
    links: {
      self: `http://other.example/v2/visits?page=${page}`,
      ...(page < pages && { next_page: `http://other.example/v2/visits?page=${page + 1}` }),
    },
  },
})

export const visitEvent = (id: number): VisitEvent => ({
  data: {
    summary: null,
    sales_rep_location: { latitude: 52.5, verification_status: 'verified', longitude: 13.4 },
    creator_id: 1,
    resource_type: 'lead',
    resource_id: 7,
    created_at: '2026-05-09T07:31:00Z',
    visited_at: '2026-05-09T07:30:16Z',
    id,
    outcome: null,
  },
  meta: {
    event_cause: 'interaction',
    sequence: 1,
    event_id: `event-${id}`.padEnd(22, '-'),
    event_type: 'created',
    type: 'visit',
    event_time: '2026-05-09T07:31:00Z',
  },
})

export const streamPage = (ids: readonly number[], position: string, top: boolean) => ({
  items: ids.map(visitEvent),
  meta: { links: { next: `http://other.example/?position=${position}` }, position, top },
})
