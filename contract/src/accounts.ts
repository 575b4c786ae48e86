import Type from 'typebox'

import { item } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, nullable } from './parameters.ts'

export const Account = Type.Object({
  id: Id,
  name: Type.String(),
  currency: Type.String({ description: 'ISO 4217' }),
  time_format: Type.Enum(['12H', '24H']),
  timezone: Type.String({ description: '`UTC(+|-)hh:mm`, the offset at present' }),
  phone: nullable(Type.String()),
  subdomain: nullable(Type.String()),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
})

export const getAccountSelf = {
  id: 'getAccountSelf',
  method: 'GET',
  path: '/v2/accounts/self',
  tag: 'Account',
  summary: 'The token’s account',
  scopes: ['profile'],
  query: Type.Object({}),
  answer: item(Account, 'account'),
} as const satisfies Operation

export type Account = Type.Static<typeof Account>
export type AccountItem = Type.Static<typeof getAccountSelf.answer>
