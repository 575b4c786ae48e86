import { type VerificationStatus, verificationStatuses } from '@doorstep/contract/findings'

import { dateOf, oneOf, type Typed, withoutUndefined } from '../search.ts'

/** What the URL of My visits says. */
export interface MyVisitsSearch {
  /** The last of the 7 days; today otherwise. */
  readonly to?: string | undefined
  /** The day that was chosen among them. */
  readonly day?: string | undefined
  readonly status?: VerificationStatus | undefined
}

export const parseMyVisitsSearch = (typed: Typed): MyVisitsSearch =>
  withoutUndefined({
    to: dateOf(typed.to),
    day: dateOf(typed.day),
    status: oneOf(verificationStatuses, typed.status),
  })
