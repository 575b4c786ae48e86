import { getContact } from '@doorstep/contract/contacts'
import { getContactCustomField, getLeadCustomField } from '@doorstep/contract/custom-fields'
import { getLeadSource, getLeadStatus } from '@doorstep/contract/labels'
import { getLead } from '@doorstep/contract/leads'
import { getPlan } from '@doorstep/contract/plans'
import { getSettings } from '@doorstep/contract/settings'
import { getUser } from '@doorstep/contract/users'
import { getVisitOutcome } from '@doorstep/contract/visit-outcomes'
import { getVisit } from '@doorstep/contract/visits'

import * as plans from './plans.ts'
import { contacts } from './records/contacts.ts'
import { contactCustomFields, leadCustomFields } from './records/custom-fields.ts'
import * as labels from './records/labels.ts'
import { leads } from './records/leads.ts'
import type { Present } from './request/if-match.ts'
import * as settings from './settings.ts'
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
  [getLeadCustomField.path]: leadCustomFields.present,
  [getContactCustomField.path]: contactCustomFields.present,
  [getLeadStatus.path]: labels.presentLeadStatus,
  [getLeadSource.path]: labels.presentLeadSource,
  [getPlan.path]: plans.presentPlan,
  [getSettings.path]: settings.presentSettings,
}
