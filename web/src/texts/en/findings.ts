import { accuracy, metres } from '../format.ts'

/** The words of the location vocabulary; metres are always printed where they are known. */
export const findings = {
  verified: (m: number | null) =>
    m === null ? 'At the customer' : `At the customer · ${metres(m)}`,
  location_unknown: (m: number | null) =>
    m === null ? 'Not certain' : `Not certain · ${accuracy(m)}`,
  resource_location_too_far: (m: number | null) => (m === null ? 'Too far' : `${metres(m)} away`),
  location_services_disabled: () => 'Location off',
  waiting: () => 'Waiting',
  sending: () => 'Sending',
  refused: () => 'Needs you',
} as const

/** The name of each kind, for filters and legends. */
export const findingNames = {
  verified: 'At the customer',
  location_unknown: 'Not certain',
  resource_location_too_far: 'Too far',
  location_services_disabled: 'Location off',
  waiting: 'Waiting',
  sending: 'Sending',
  refused: 'Needs you',
} as const
