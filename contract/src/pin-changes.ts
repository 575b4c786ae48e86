import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { pinNoteLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages, sortBy } from './parameters.ts'

export const pinChangeStatuses = ['pending', 'approved', 'rejected'] as const

const Latitude = Type.Number({ minimum: -90, maximum: 90 })
const Longitude = Type.Number({ minimum: -180, maximum: 180 })
const Note = nullable(Type.String({ maxLength: pinNoteLengthMax }))
const Kind = Type.Enum(['lead', 'contact'])

/** A proposal, made on site, of where a lead or contact really is. */
export const PinChange = Type.Object({
  id: Id,
  creator_id: Id,
  resource_type: Kind,
  resource_id: Id,
  latitude: Latitude,
  longitude: Longitude,
  note: Note,
  status: Type.Enum(pinChangeStatuses),
  decided_by: nullable(Id),
  decided_at: nullable(Type.String({ format: 'date-time' })),
  created_at: Type.String({ format: 'date-time' }),
})

const shared = { tag: 'Pin changes', resource: 'pin_change' } as const

export const listPinChanges = {
  ...shared,
  id: 'listPinChanges',
  method: 'GET',
  path: '/v2/pin_changes',
  summary: 'List proposals to move a pin: your own and those of the users below you',
  scopes: ['read'],
  query: Type.Object({
    ...pages(),
    sort_by: sortBy(['id'], 'id'),
    status: Type.Optional(Type.Enum(pinChangeStatuses)),
  }),
  answer: collection(item(PinChange, 'pin_change')),
} as const satisfies Operation

export const createPinChange = {
  ...shared,
  id: 'createPinChange',
  method: 'POST',
  path: '/v2/pin_changes',
  summary: 'Propose where a lead or contact is',
  description:
    'With `status`, it is decided at once, by admins and managers above the record’s owner.',
  scopes: ['write'],
  query: Type.Object({}),
  body: Type.Object({
    resource_type: Kind,
    resource_id: Id,
    latitude: Latitude,
    longitude: Longitude,
    note: Type.Optional(Note),
    status: Type.Optional(Type.Enum(['approved', 'rejected'])),
    reverify: Type.Optional(Type.Boolean()),
  }),
  answer: Type.Object({
    data: PinChange,
    meta: Type.Object({
      type: Type.Literal('pin_change'),
      reverified: Type.Optional(Type.Integer()),
    }),
  }),
} as const satisfies Operation

export const updatePinChange = {
  ...shared,
  id: 'updatePinChange',
  method: 'PUT',
  path: '/v2/pin_changes/:id',
  summary: 'Decide on a proposal',
  description:
    'For admins, and for managers of the proposer. `reverify` judges the visits to the record ' +
    'again: each verdict that changes is an `updated` event of cause `system`.',
  scopes: ['write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
  body: Type.Object({
    status: Type.Enum(['approved', 'rejected']),
    reverify: Type.Optional(Type.Boolean()),
  }),
  answer: Type.Object({
    data: PinChange,
    meta: Type.Object({ type: Type.Literal('pin_change'), reverified: Type.Integer() }),
  }),
} as const satisfies Operation

export type PinChange = Type.Static<typeof PinChange>
