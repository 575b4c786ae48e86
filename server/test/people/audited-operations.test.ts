import { operations } from '@doorstep/contract/api'
import { auditActions } from '@doorstep/contract/audit'
import { expect, it } from 'vitest'

/** What the API notes of each operation that changes something; absent: nothing. */
const noted: Readonly<Record<string, readonly (typeof auditActions)[number][]>> = {
  createSession: ['signed_in', 'sign_in_failed'],
  createSessionByCode: ['signed_in'],
  createSetup: ['signed_in'],
  acceptInvitation: ['signed_in'],
  deleteSession: ['signed_out'],
  updatePassword: ['password_changed'],
  setPassword: ['password_changed'],
  createToken: ['token_created'],
  deleteToken: ['token_revoked'],
  createOAuthClient: ['oauth_client_created'],
  deleteOAuthClient: ['oauth_client_removed'],
  deleteGrant: ['grant_revoked'],
  createInvitation: ['user_invited'],
  deleteInvitation: ['invitation_withdrawn'],
  createUser: ['user_created'],
  updateUser: ['user_changed'],
  createVisitOutcome: ['outcome_created'],
  updateVisitOutcome: ['outcome_changed'],
  mergeVisitOutcome: ['outcome_merged'],
  updateSettings: ['settings_changed'],
  createPinChange: ['pin_decided'],
  updatePinChange: ['pin_decided'],
  updateLead: ['pin_set'],
  upsertLead: ['pin_set'],
  updateContact: ['pin_set'],
  upsertContact: ['pin_set'],
  updateVisitReview: ['visit_reviewed'],
  createImport: ['import_started', 'import_ended'],
  updateImport: ['import_paused', 'import_started'],
  deleteImport: ['import_cancelled'],
  createFileImport: ['import_started', 'import_ended'],
  deleteLocationData: ['location_data_removed'],
}
/** Operations that change something of which the audit is silent. */
const silent = [
  'createVisit',
  'updateVisit',
  'deleteVisit',
  'createGeocodingRetry',
  'createLead',
  'deleteLead',
  'createContact',
  'deleteContact',
  'createLeadCustomField',
  'updateLeadCustomField',
  'createContactCustomField',
  'updateContactCustomField',
  'createLeadStatus',
  'updateLeadStatus',
  'createLeadSource',
  'updateLeadSource',
  'previewFileImport',
  'createImportVerification',
  'updateImportConflict',
  'createDemo',
  'deleteDemo',
  'createVerificationPreview',
  'createSavedView',
  'updateSavedView',
  'deleteSavedView',
  'updatePlan',
  'updateLocationData',
]

/** What GET, OAuth's forms, the command line and a restore note. */
const elsewhere = [
  'exported',
  'location_data_downloaded',
  'grant_created',
  'backup_restored',
  'stream_reset',
]

it('every operation and every action has a place where it is noted, or is named as silent (10.20)', () => {
  const changing = operations.filter(({ method }) => method !== 'GET').map(({ id }) => id)
  expect([...Object.keys(noted), ...silent].toSorted()).toEqual(changing.toSorted())
  const actions = [...Object.values(noted).flat(), ...elsewhere]
  expect(new Set(actions)).toEqual(new Set(auditActions))
})
