/** Whether the user was at the record when logging the visit (PROTOCOL 7). */
export const verificationStatuses = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
] as const
export type VerificationStatus = (typeof verificationStatuses)[number]

/** Why a verdict is as it is (PROTOCOL 7). */
export type VerificationReason =
  | 'permission_denied'
  | 'no_fix'
  | 'not_on_device'
  | 'invalid_fix'
  | 'mock_location'
  | 'address_missing'
  | 'address_imprecise'
  | 'stale_fix'
  | 'inaccurate_fix'
  | 'within_radius'
  | 'outside_radius'
  | 'borderline'
  | 'switched_off'

/** Hints for a reviewer. They never change a verdict (PROTOCOL 7.1). */
export type ReviewFlag =
  | 'impossible_speed'
  | 'repeated_coordinates'
  | 'accuracy_zero_or_constant'
  | 'clock_skew'
  | 'late_sync'
  | 'mock_location'
  | 'visited_at_far_from_fix'
  | 'self_placed'

/** What a person made of a finding that should be looked at. */
export type ReviewState = 'open' | 'kept' | 'dismissed'

/** The parts of a verdict's evidence that visits are filtered by. */
export interface Finding {
  readonly reason: VerificationReason
  readonly flags: readonly ReviewFlag[]
}

/** Reads the JSON of `Visit.evidence`; undefined: the visit was verified elsewhere. */
export const findingOf = (evidence: string | null): Finding | undefined =>
  evidence === null ? undefined : parse(evidence)

const parse = (evidence: string): Finding => JSON.parse(evidence)
