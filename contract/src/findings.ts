// The words of findings and reviews (PROTOCOL 7), without a schema: the web app loads them by themselves.

export const verificationStatuses = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
] as const
export type VerificationStatus = (typeof verificationStatuses)[number]

/** Why a finding is as it is, the most usual ones first. */
export const verificationReasons = [
  'within_radius',
  'outside_radius',
  'borderline',
  'inaccurate_fix',
  'stale_fix',
  'no_fix',
  'invalid_fix',
  'mock_location',
  'not_on_device',
  'address_missing',
  'address_imprecise',
  'permission_denied',
  'switched_off',
] as const
export type VerificationReason = (typeof verificationReasons)[number]

export const reviewFlags = [
  'impossible_speed',
  'repeated_coordinates',
  'accuracy_zero_or_constant',
  'clock_skew',
  'late_sync',
  'mock_location',
  'visited_at_far_from_fix',
  'self_placed',
] as const
export type ReviewFlag = (typeof reviewFlags)[number]

/** What a person made of a finding that should be looked at. */
export const reviewStates = ['open', 'kept', 'dismissed'] as const

/** What a visit may lack. */
export const lackable = ['outcome', 'reason'] as const
