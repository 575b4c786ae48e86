import { about } from './en/about.ts'
import { account } from './en/account.ts'
import { checklist } from './en/checklist.ts'
import { commands } from './en/commands.ts'
import { customer } from './en/customer.ts'
import { customers } from './en/customers.ts'
import { filters } from './en/filters.ts'
import { findingNames, findings } from './en/findings.ts'
import { general } from './en/general.ts'
import { geocoder } from './en/geocoder.ts'
import { log } from './en/log.ts'
import { mapSettings } from './en/map-settings.ts'
import { map } from './en/map.ts'
import { install, me, myLocation, update } from './en/me.ts'
import { myVisits } from './en/my-visits.ts'
import { near } from './en/near.ts'
import { newLead } from './en/new-lead.ts'
import { oauth } from './en/oauth.ts'
import { outbox } from './en/outbox.ts'
import { parts } from './en/parts.ts'
import { privacy } from './en/privacy.ts'
import { reports } from './en/reports.ts'
import { review } from './en/review.ts'
import { saving } from './en/saving.ts'
import { screens } from './en/screens.ts'
import { session } from './en/session.ts'
import { settings } from './en/settings.ts'
import { setup } from './en/setup.ts'
import { shells } from './en/shells.ts'
import { today, waiting } from './en/today.ts'
import { tokens } from './en/tokens.ts'
import { users } from './en/users.ts'
import { verification } from './en/verification.ts'
import { apiRequest, exporting, views } from './en/views.ts'
import { visitOutcomes } from './en/visit-outcomes.ts'
import { visit } from './en/visit.ts'
import { visits } from './en/visits.ts'

/** English, a file per folder of screens. */
export const en = {
  about,
  account,
  apiRequest,
  customer,
  customers,
  exporting,
  checklist,
  commands,
  filters,
  findingNames,
  findings,
  oauth,
  outbox,
  visitOutcomes,
  general,
  geocoder,
  mapSettings,
  log,
  install,
  map,
  me,
  myLocation,
  myVisits,
  near,
  newLead,
  parts,
  users,
  reports,
  privacy,
  review,
  saving,
  screens,
  session,
  settings,
  setup,
  shells,
  today,
  tokens,
  update,
  verification,
  views,
  visit,
  visits,
  waiting,
}
