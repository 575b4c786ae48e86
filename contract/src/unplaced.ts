import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages, sortBy } from './parameters.ts'

export const unplacedReasons = [
  'address_missing',
  'address_imprecise',
  'waiting',
  'not_found',
  'refused',
  'unavailable',
] as const

/** A lead or contact at which no visit can be verified, with the reason. */
export const Unplaced = Type.Object({
  resource_type: Type.Enum(['lead', 'contact']),
  resource_id: Id,
  address: nullable(Type.String()),
  reason: Type.Enum(unplacedReasons),
  detail: nullable(Type.String()),
})

export const listUnplaced = {
  id: 'listUnplaced',
  method: 'GET',
  path: '/v2/unplaced',
  tag: 'Leads and contacts',
  summary: 'List leads and contacts without a precise location',
  scopes: ['read'],
  query: Type.Object({
    ...pages(),
    sort_by: sortBy(['id'], 'id'),
    resource_type: Type.Optional(Type.Enum(['lead', 'contact'])),
  }),
  answer: collection(item(Unplaced, 'unplaced')),
} as const satisfies Operation

export type Unplaced = Type.Static<typeof Unplaced>
