import Type from 'typebox'

import { item } from './envelopes.ts'
import { codeLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Text } from './parameters.ts'
import { Session } from './sessions.ts'
import { Email, NewPassword } from './users.ts'

export const createSetup = {
  id: 'createSetup',
  method: 'POST',
  path: '/v2/setup',
  tag: 'App',
  resource: 'setup',
  summary: 'Give the first admin a name, an e-mail address and a password',
  description:
    'The `code` stands behind `/setup#code=` in the link that the first start, or ' +
    '`./doorstep setup-link`, prints. Signs the admin in. 404 once an admin has a password.',
  scopes: null,
  query: Type.Object({}),
  body: Type.Object({
    code: Type.String({ minLength: 1, maxLength: codeLengthMax }),
    name: Text,
    email: Email,
    password: NewPassword,
    account_name: Type.Optional(Text),
  }),
  answer: item(Session, 'session'),
} as const satisfies Operation
