import Type from 'typebox'

import { item } from './envelopes.ts'
import { sellTokenLengthMax, verificationSampleMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable } from './parameters.ts'

/** `interrupted`: the server stopped. `none`: it was never started. */
export const verificationStates = ['none', 'running', 'done', 'failed', 'interrupted'] as const

const Time = nullable(Type.String({ format: 'date-time' }))
const Count = Type.Integer({ minimum: 0 })

/** A comparison of every visit with Sell's, attribute by attribute. */
export const ImportVerification = Type.Object({
  import_id: Id,
  state: Type.Enum(verificationStates),
  compared: Count,
  expected: Type.Integer({ description: 'The approximate number of visits in Sell' }),
  error: nullable(Type.String()),
  started_at: Time,
  ended_at: Time,
  summary: Type.Unknown({
    description:
      'The signed summary of the last one that ended, as `import verify` writes it; null: none',
  }),
})

const shared = {
  tag: 'Imports',
  resource: 'import_verification',
  isForAdmins: true,
  path: '/v2/imports/:id/verification',
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
  answer: item(ImportVerification, 'import_verification'),
} as const

export const getImportVerification = {
  ...shared,
  id: 'getImportVerification',
  method: 'GET',
  summary: 'How far the comparison with Sell is, and its signed summary',
  description: 'For admins.',
  scopes: ['read'],
} as const satisfies Operation

export const createImportVerification = {
  ...shared,
  id: 'createImportVerification',
  method: 'POST',
  summary: 'Compare every visit with Sell, in the background',
  description:
    'For admins. Changes nothing. Refused while the import is reading; beside one that follows ' +
    'changes it takes half of the requests per second. Without `token` it uses that of the import, ' +
    'if this process holds it.',
  scopes: ['profile', 'write'],
  body: Type.Object({
    token: Type.Optional(Type.String({ minLength: 1, maxLength: sellTokenLengthMax })),
    sample: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: verificationSampleMax,
        description: 'How many visits to request one by one as well; default 100',
      }),
    ),
  }),
} as const satisfies Operation

export type ImportVerification = Type.Static<typeof ImportVerification>
