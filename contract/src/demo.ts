import Type from 'typebox'

import { item } from './envelopes.ts'
import type { Operation } from './operations.ts'

const Count = Type.Integer({ minimum: 0 })

/** How many objects the demo team consists of. */
export const Demo = Type.Object({
  users: Count,
  leads: Count,
  contacts: Count,
  visits: Count,
})

const shared = {
  tag: 'App',
  path: '/v2/demo',
  scopes: ['profile', 'write'],
  isForAdmins: true,
  query: Type.Object({}),
} as const

export const createDemo = {
  ...shared,
  id: 'createDemo',
  method: 'POST',
  summary: 'Add the demo team',
  description:
    'For admins. Adds a made-up team with its customers and 5,000 visits, while the account has ' +
    'no visits, leads or contacts of its own. Repeating it completes what was interrupted.',
  answer: item(Demo, 'demo'),
} as const satisfies Operation

export const deleteDemo = {
  ...shared,
  id: 'deleteDemo',
  method: 'DELETE',
  summary: 'Take the demo team out again',
  description:
    'For admins. Deletes what the demo added, whatever was logged at its customers, and whatever ' +
    'its users logged and created. Each deleted visit is an event of the stream.',
} as const satisfies Operation

export type Demo = Type.Static<typeof Demo>
