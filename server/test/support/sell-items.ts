import type { VisitEvent, VisitSnapshot } from '@doorstep/contract/stream'
import type { User } from '@doorstep/contract/users'
import type { VisitOutcome } from '@doorstep/contract/visit-outcomes'
import type { Visit } from '@doorstep/contract/visits'

/** Who is who in the tests: the trainee reports to the rep, the rep to the manager. */
export const people = { manager: 501, rep: 502, trainee: 503, stranger: 504, leaver: 505 } as const

export type Person = keyof typeof people

export const emailOf = (person: Person): string => `${person}@acme.example`

/** An item of `GET /v2/visits`, by default of a visit that the rep paid to lead 899. */
export const visitItem = (given: Partial<Visit> = {}) => ({
  data: {
    id: 1,
    creator_id: people.rep,
    outcome_id: null,
    resource_type: 'lead',
    resource_id: 899,
    visited_at: '2026-05-09T07:30:16.000Z',
    resource_address: '4 Mill Lane',
    rep_location_verification_status: 'verified',
    summary: 'Showed the new range',
    created_at: '2026-05-09T07:31:00.000Z',
    updated_at: '2026-05-09T07:31:00.000Z',
    ...given,
  } satisfies Visit,
  meta: { type: 'visit' },
})

/** Visits with the ids 1 to `count`, a minute apart. */
export const visitItems = (count: number, given: Partial<Visit> = {}) =>
  Array.from({ length: count }, (_, index) =>
    visitItem({
      id: index + 1,
      visited_at: new Date(Date.UTC(2026, 4, 9, 8, index)).toISOString(),
      ...given,
    }),
  )

/** An item of `GET /v3/visits/stream`. */
export const visitEventItem = (
  data: Partial<VisitSnapshot> = {},
  meta: Partial<VisitEvent['meta']> = {},
): VisitEvent => ({
  data: {
    summary: 'Showed the new range',
    sales_rep_location: { latitude: 52.5, verification_status: 'verified', longitude: 13.4 },
    creator_id: people.rep,
    resource_type: 'lead',
    resource_id: 899,
    created_at: '2026-05-09T07:31:00Z',
    visited_at: '2026-05-09T07:30:16Z',
    id: 1,
    outcome: { has_original_name: true, name: 'Interested', id: 33 },
    ...data,
  },
  meta: {
    event_cause: 'interaction',
    sequence: 1,
    event_id: `${meta.event_type ?? 'created'}-${data.id ?? 1}`.padEnd(22, '-'),
    event_type: 'created',
    type: 'visit',
    event_time: '2026-05-09T07:31:00Z',
    ...meta,
  },
})

export const outcomeItem = (given: Partial<VisitOutcome> = {}) => ({
  data: {
    id: 33,
    name: 'Interested',
    created_at: '2026-01-05T09:00:00.000Z',
    updated_at: '2026-01-05T09:00:00.000Z',
    ...given,
  } satisfies VisitOutcome,
  meta: { type: 'visit_outcome' },
})

export const userItem = (given: Partial<User> & Pick<User, 'id'>) => ({
  data: {
    name: `User ${given.id}`,
    email: `user${given.id}@acme.example`,
    status: 'active',
    invited: true,
    confirmed: true,
    phone_number: null,
    role: 'user',
    roles: [],
    team_name: null,
    group: null,
    reports_to: null,
    timezone: null,
    created_at: '2026-01-05T09:00:00Z',
    updated_at: '2026-01-05T09:00:00Z',
    deleted_at: null,
    zendesk_user_id: null,
    identity_type: 'person',
    ...given,
  } satisfies User,
  meta: { type: 'user' },
})

const personItem = (person: Person, given: Partial<User> = {}) =>
  userItem({ id: people[person], name: person, email: emailOf(person), ...given })

export const peopleItems = () => [
  personItem('manager'),
  personItem('rep', { reports_to: people.manager }),
  personItem('trainee', { reports_to: people.rep }),
  personItem('stranger'),
  personItem('leaver', { reports_to: people.manager, status: 'inactive' }),
]

/** A lead or contact; a later `updatedAt` replaces what was known of it. */
export const recordItem = (
  type: 'lead' | 'contact',
  id: number,
  ownerId: number,
  updatedAt = '2026-01-05T09:00:00Z',
) => ({
  data: {
    id,
    owner_id: ownerId,
    last_name: 'Customer',
    created_at: '2026-01-05T09:00:00Z',
    updated_at: updatedAt,
  },
  meta: { type },
})

export const accountItem = () => ({
  data: {
    id: 700,
    name: 'Acme',
    currency: 'EUR',
    time_format: '24H',
    timezone: 'UTC+01:00',
    phone: '+49 30 1234567',
    subdomain: 'acme',
    created_at: '2014-09-28T16:32:56Z',
    updated_at: '2026-01-05T09:00:00Z',
  },
  meta: { type: 'account' },
})

/** One entry, with the id 1, of each list that names what leads and contacts bear. */
export const namedItems = () =>
  [
    { type: 'custom_field', resource_type: 'lead' },
    { type: 'custom_field', resource_type: 'contact' },
    { type: 'tag', resource_type: 'lead' },
    { type: 'lead_status' },
    { type: 'lead_source' },
  ].map(({ type, ...more }) => ({
    data: { id: 1, name: 'Fair', created_at: '2026-01-05T09:00:00Z', ...more },
    meta: { type },
  }))
