import { getAccountSelf } from './accounts.ts'
import { getApp } from './app-info.ts'
import { listAuditEntries } from './audit.ts'
import {
  createContact,
  deleteContact,
  exportContacts,
  getContact,
  listContacts,
  updateContact,
  upsertContact,
} from './contacts.ts'
import {
  createContactCustomField,
  createLeadCustomField,
  getContactCustomField,
  getLeadCustomField,
  listContactCustomFields,
  listLeadCustomFields,
  updateContactCustomField,
  updateLeadCustomField,
} from './custom-fields.ts'
import { getCustomer, listCustomers } from './customers.ts'
import { createDemo, deleteDemo } from './demo.ts'
import { createFileImport, exportRejectedRows, previewFileImport } from './file-imports.ts'
import { deleteGrant, listGrants } from './grants.ts'
import { listImportConflicts, updateImportConflict } from './import-conflicts.ts'
import { createImportVerification, getImportVerification } from './import-verifications.ts'
import {
  createImport,
  deleteImport,
  getImport,
  listImports,
  listRejectedItems,
  updateImport,
} from './imports.ts'
import {
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  listInvitations,
} from './invitations.ts'
import {
  createLeadSource,
  createLeadStatus,
  getLeadSource,
  getLeadStatus,
  getTag,
  listLeadSources,
  listLeadStatuses,
  listTags,
  updateLeadSource,
  updateLeadStatus,
} from './labels.ts'
import {
  createLead,
  deleteLead,
  exportLeads,
  getLead,
  listLeads,
  updateLead,
  upsertLead,
} from './leads.ts'
import { deleteLocationData, getLocationData, updateLocationData } from './location-data.ts'
import { getCustomerMap, getVisitMap } from './maps.ts'
import { createOAuthClient, deleteOAuthClient, listOAuthClients } from './oauth-clients.ts'
import type { Operation } from './operations.ts'
import { createPinChange, listPinChanges, updatePinChange } from './pin-changes.ts'
import { listPinSuggestions } from './pin-suggestions.ts'
import { getPlan, updatePlan } from './plans.ts'
import { getReviewCounts } from './review-counts.ts'
import { createSavedView, deleteSavedView, listSavedViews, updateSavedView } from './saved-views.ts'
import { search } from './search.ts'
import { createSession, deleteSession, getSession, createSessionByCode } from './sessions.ts'
import { getSettings, updateSettings } from './settings.ts'
import { createSetup } from './setup.ts'
import { listVisitChanges, streamVisits } from './stream.ts'
import { createToken, deleteToken, listTokens } from './tokens.ts'
import { createGeocodingRetry, getUnplacedCounts, listUnplaced } from './unplaced.ts'
import {
  createUser,
  getUser,
  getUserSelf,
  listUsers,
  setPassword,
  updatePassword,
  updateUser,
} from './users.ts'
import { createVerificationPreview } from './verification-previews.ts'
import { exportVisits } from './visit-exports.ts'
import { listVisitHistory } from './visit-history.ts'
import {
  createVisitOutcome,
  getVisitOutcome,
  listVisitOutcomes,
  mergeVisitOutcome,
  updateVisitOutcome,
} from './visit-outcomes.ts'
import { getVisitReport } from './visit-reports.ts'
import { updateVisitReview } from './visit-reviews.ts'
import { createVisit, deleteVisit, getVisit, listVisits, updateVisit } from './visits.ts'

/** Every operation that the server supports. */
export const operations: readonly Operation[] = [
  listVisits,
  exportVisits,
  getVisit,
  createVisit,
  updateVisit,
  deleteVisit,
  getVisitMap,
  getCustomerMap,
  getVisitReport,
  getReviewCounts,
  streamVisits,
  listVisitChanges,
  search,
  listCustomers,
  getCustomer,
  listUnplaced,
  getUnplacedCounts,
  createGeocodingRetry,
  listPinChanges,
  createPinChange,
  updatePinChange,
  listPinSuggestions,
  listLeads,
  exportLeads,
  getLead,
  createLead,
  upsertLead,
  updateLead,
  deleteLead,
  listContacts,
  exportContacts,
  getContact,
  createContact,
  upsertContact,
  updateContact,
  deleteContact,
  listLeadCustomFields,
  getLeadCustomField,
  createLeadCustomField,
  updateLeadCustomField,
  listContactCustomFields,
  getContactCustomField,
  createContactCustomField,
  updateContactCustomField,
  listTags,
  getTag,
  listLeadStatuses,
  getLeadStatus,
  createLeadStatus,
  updateLeadStatus,
  listLeadSources,
  getLeadSource,
  createLeadSource,
  updateLeadSource,
  listVisitOutcomes,
  getVisitOutcome,
  createVisitOutcome,
  updateVisitOutcome,
  mergeVisitOutcome,
  listUsers,
  getUserSelf,
  getUser,
  createUser,
  updateUser,
  updatePassword,
  setPassword,
  listTokens,
  createToken,
  deleteToken,
  listGrants,
  deleteGrant,
  listOAuthClients,
  createOAuthClient,
  deleteOAuthClient,
  listImports,
  getImport,
  createImport,
  updateImport,
  deleteImport,
  listRejectedItems,
  createFileImport,
  previewFileImport,
  exportRejectedRows,
  getImportVerification,
  createImportVerification,
  listImportConflicts,
  updateImportConflict,
  getApp,
  createSetup,
  createDemo,
  deleteDemo,
  getSettings,
  updateSettings,
  createVerificationPreview,
  listInvitations,
  createInvitation,
  deleteInvitation,
  acceptInvitation,
  createSession,
  createSessionByCode,
  getSession,
  deleteSession,
  getAccountSelf,
  listAuditEntries,
  listSavedViews,
  createSavedView,
  updateSavedView,
  deleteSavedView,
  listVisitHistory,
  getPlan,
  updatePlan,
  getLocationData,
  updateLocationData,
  deleteLocationData,
  updateVisitReview,
]
