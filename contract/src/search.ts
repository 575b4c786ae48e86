import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { searchLimitDefault, searchLimitMax, searchLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, numbers } from './parameters.ts'
import { latitude, longitude } from './visit-filters.ts'

export const searchTypes = ['lead', 'contact', 'user'] as const

/** A lead, contact or user that was found. `detail` is an address, or how to reach them. */
export const SearchHit = Type.Object({
  resource_type: Type.Enum(searchTypes),
  id: Id,
  name: Type.String(),
  detail: nullable(Type.String()),
  owner_id: nullable(Id),
  latitude: nullable(Type.Number()),
  longitude: nullable(Type.Number()),
})

export const search = {
  id: 'search',
  method: 'GET',
  path: '/v2/search',
  tag: 'Search',
  summary: 'Find leads, contacts and users by what somebody types',
  description:
    'Each word of `q` must begin a word of the name, e-mail, address or a tag, or the digits of a ' +
    'phone number, whatever the case and accents. The last visited come first, of the visits that ' +
    'you see, or with `near` the nearest; the others follow by name. Where more than 1,000 match, ' +
    'the 1,000 stored last and those among your own last 500 visits, or near the place, are ranked.',
  scopes: ['read'],
  query: Type.Object({
    q: Type.String({ minLength: 1, maxLength: searchLengthMax, description: 'At most 10 words' }),
    types: Type.Optional(
      Type.Array(Type.Enum(searchTypes), {
        minItems: 1,
        maxItems: searchTypes.length,
        description:
          'Default: all of them, users only if the token has the scope `profile`, which `user` needs',
      }),
    ),
    near: Type.Optional(
      numbers<[latitude: number, longitude: number]>(
        [latitude('latitude'), longitude('longitude')],
        'A place; the nearest come first',
      ),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: searchLimitMax, default: searchLimitDefault }),
    ),
  }),
  answer: collection(item(SearchHit, 'search_hit')),
} as const satisfies Operation

export type SearchHit = Type.Static<typeof SearchHit>
