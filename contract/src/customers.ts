import Type from 'typebox'

import { item, Links } from './envelopes.ts'
import {
  customersCursorLengthMax,
  customersPerPageMax,
  perPageDefault,
  searchLengthMax,
} from './limits.ts'
import type { Operation } from './operations.ts'
import { externalIdFilters, Id, nullable, Time } from './parameters.ts'
import { Site } from './records.ts'
import { VerificationStatus, visitFilters } from './visit-filters.ts'

const Kind = Type.Enum(['lead', 'contact'])

/** A lead or contact with its last visit, of those that the viewer sees. */
export const Customer = Type.Object({
  resource_type: Kind,
  id: Id,
  name: Type.String(),
  address: nullable(Type.String()),
  latitude: nullable(Type.Number()),
  longitude: nullable(Type.Number()),
  radius_m: Type.Integer(),
  owner_id: nullable(Id),
  sites: Type.Array(Site),
  last_visit: nullable(
    Type.Object({
      id: Id,
      at: Type.String({ format: 'date-time' }),
      outcome_id: nullable(Id),
      status: VerificationStatus,
    }),
  ),
  visits_count: Type.Integer(),
  visit_every_days: nullable(Type.Integer()),
  due_at: nullable(Type.String({ format: 'date-time' })),
})

/** A lead or contact that is there no more. */
export const DeletedCustomer = Type.Object({
  resource_type: Kind,
  id: Id,
  deleted: Type.Literal(true),
})

export const customerFilters = {
  near: visitFilters.near,
  bbox: visitFilters.bbox,
  owner_id: Type.Optional(Id),
  below: Type.Optional(
    Type.Integer({ ...Id, description: 'Owned by this user or anyone below along `reports_to`' }),
  ),
  unvisited_since: Type.Optional(
    Type.String({ ...Time, description: 'Without a visit since, of those that you see' }),
  ),
  outcome_id: Type.Optional(
    Type.Integer({ ...Id, description: 'Of the last visit, of those that you see' }),
  ),
  updated_since: Type.Optional(
    Type.String({
      ...Time,
      description:
        'Changed or deleted since, or in the minute before, by the clock of the server; in the ' +
        'order of the changes. Give the time at which the last walk began',
    }),
  ),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: searchLengthMax, description: 'As in `/v2/search`' }),
  ),
  ...externalIdFilters,
}

export const listCustomers = {
  id: 'listCustomers',
  method: 'GET',
  path: '/v2/customers',
  tag: 'Customers',
  summary: 'List leads and contacts as one kind, each with its last visit',
  description:
    'Sorted by distance if `near` is given without `updated_since`, otherwise by when they last ' +
    'changed, oldest first. A walk ends when there is no `meta.next_cursor`. A customer that ' +
    'changes meanwhile may come again.',
  scopes: ['read'],
  query: Type.Object({
    per_page: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: customersPerPageMax,
        default: perPageDefault,
        description: 'At most 100 without `cursor`',
      }),
    ),
    cursor: Type.Optional(
      Type.String({
        maxLength: customersCursorLengthMax,
        description:
          'Empty to begin, then the `meta.next_cursor` of the page before, with the same filters',
      }),
    ),
    ...customerFilters,
  }),
  answer: Type.Object({
    items: Type.Array(
      Type.Object({
        data: Type.Union([Customer, DeletedCustomer]),
        meta: Type.Object({ type: Type.Literal('customer') }),
      }),
    ),
    meta: Type.Object({
      type: Type.Literal('collection'),
      count: Type.Integer(),
      next_cursor: Type.Optional(Type.String()),
      links: Links,
    }),
  }),
} as const satisfies Operation

/** A lead or contact that is there no more, and how it went. */
export const Deletion = Type.Object({
  ...DeletedCustomer.properties,
  deleted_by: nullable(Id),
  deleted_at: nullable(Type.String({ format: 'date-time' })),
})

export const getCustomer = {
  id: 'getCustomer',
  method: 'GET',
  path: '/v2/customers/:resource_type/:id',
  tag: 'Customers',
  summary: 'One lead or contact with its last visit, or who deleted it and when',
  scopes: ['read'],
  params: Type.Object({ resource_type: Kind, id: Id }),
  query: Type.Object({}),
  answer: item(Type.Union([Customer, Deletion]), 'customer'),
} as const satisfies Operation

export type Customer = Type.Static<typeof Customer>
export type DeletedCustomer = Type.Static<typeof DeletedCustomer>
export type Deletion = Type.Static<typeof Deletion>
