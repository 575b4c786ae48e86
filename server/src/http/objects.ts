import { getContact } from '@doorstep/contract/contacts'
import { getLead } from '@doorstep/contract/leads'
import { getUser } from '@doorstep/contract/users'
import { getVisitOutcome } from '@doorstep/contract/visit-outcomes'
import { getVisit } from '@doorstep/contract/visits'

import { contacts } from './records/contacts.ts'
import { leads } from './records/leads.ts'
import type { Present } from './request/if-match.ts'
import * as users from './users.ts'
import * as visitOutcomes from './visit-outcomes.ts'
import * as visits from './visits/visits.ts'

/** The objects whose PUT and DELETE take `If-Match`, by the path that they share with their GET. */
export const objects: Readonly<Record<string, Present>> = {
  [getVisit.path]: visits.presentVisit,
  [getLead.path]: leads.present,
  [getContact.path]: contacts.present,
  [getVisitOutcome.path]: visitOutcomes.presentOutcome,
  [getUser.path]: users.presentUser,
}
