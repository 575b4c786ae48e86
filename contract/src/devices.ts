import Type from 'typebox'

import { nullable, Time } from './parameters.ts'

/** The phone's location, or the reason why it is unavailable. */
export const Device = Type.Object({
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  accuracy_m: Type.Optional(
    nullable(
      Type.Number({
        maximum: 1e7,
        description: 'Radius in metres; a fix without one above 0 verifies nothing',
      }),
    ),
  ),
  accuracy_confidence: Type.Optional(
    Type.Enum([0.95, 0.68], { description: 'Default: 0.95, as browsers report accuracy' }),
  ),
  fix_at: Type.Optional(Time),
  captured_at: Type.Optional(Time),
  is_mock: Type.Optional(
    Type.Boolean({ description: 'Whether the phone says that an app made the location up' }),
  ),
  /** By the phone's clock, so that the server can measure its error. */
  sent_at: Type.Optional(Time),
  unavailable: Type.Optional(
    Type.Enum(['permission_denied', 'position_unavailable', 'timeout', 'not_on_device']),
  ),
})

export type Device = Type.Static<typeof Device>
