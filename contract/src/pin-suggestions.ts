import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, pages } from './parameters.ts'

/** A lead or contact whose last accurate visits agree that it is elsewhere. */
export const PinSuggestion = Type.Object({
  resource_type: Type.Enum(['lead', 'contact']),
  resource_id: Id,
  latitude: Type.Number(),
  longitude: Type.Number(),
  visits: Type.Integer(),
  distance_m: Type.Number(),
})

export const listPinSuggestions = {
  id: 'listPinSuggestions',
  method: 'GET',
  path: '/v2/pin_suggestions',
  tag: 'Pin changes',
  summary: 'List leads and contacts whose last visits lie together, away from the pin',
  description:
    'Of the last visits with a place, at least three with an accuracy of at most 50 m lie within ' +
    '50 m of their median, which is farther from the record than its radius. For admins all, for ' +
    'managers the records whose owners are below them. A rejected proposal hides the visits ' +
    'before it.',
  scopes: ['read'],
  query: Type.Object({ ...pages() }),
  answer: collection(item(PinSuggestion, 'pin_suggestion')),
} as const satisfies Operation

export type PinSuggestion = Type.Static<typeof PinSuggestion>
