import Type from 'typebox'

import { item } from './envelopes.ts'
import { verificationStatuses } from './findings.ts'
import { previewedVisitsMax, verificationRadiusMaxM, verificationRadiusMinM } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable } from './parameters.ts'

const Status = Type.Enum(verificationStatuses)

/** How visits would have been judged with another radius. */
export const VerificationPreview = Type.Object({
  judged: Type.Integer({ description: 'How many visits were looked at' }),
  would_change: Type.Integer({ description: 'How many of them would have another status' }),
  visits: Type.Array(
    Type.Object({
      visit_id: Id,
      distance_m: Type.Number(),
      bearing: nullable(
        Type.Number({
          description:
            'Degrees clockwise from north, from the record to the rep; null once the rep’s ' +
            'precise location is deleted',
        }),
      ),
      accuracy_m: nullable(Type.Number()),
      status_now: Status,
      status_then: Status,
    }),
  ),
})

export const createVerificationPreview = {
  id: 'createVerificationPreview',
  method: 'POST',
  path: '/v2/verification_previews',
  tag: 'Settings',
  resource: 'verification_preview',
  summary: 'What another radius would change',
  description:
    `For admins. Judges the last ${previewedVisitsMax} visits whose distance is known by the ` +
    'account’s radius as given, and changes nothing. Records with a radius of their own keep it.',
  scopes: ['read'],
  isForAdmins: true,
  query: Type.Object({}),
  body: Type.Object({
    radius_m: Type.Integer({ minimum: verificationRadiusMinM, maximum: verificationRadiusMaxM }),
  }),
  answer: item(VerificationPreview, 'verification_preview'),
} as const satisfies Operation

export type VerificationPreview = Type.Static<typeof VerificationPreview>
