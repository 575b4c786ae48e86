import { getAccountSelf } from '@doorstep/contract/accounts'
import { getApp } from '@doorstep/contract/app-info'
import {
  createContact,
  deleteContact,
  getContact,
  listContacts,
  updateContact,
  upsertContact,
} from '@doorstep/contract/contacts'
import {
  createContactCustomField,
  createLeadCustomField,
  getContactCustomField,
  getLeadCustomField,
  listContactCustomFields,
  listLeadCustomFields,
  updateContactCustomField,
  updateLeadCustomField,
} from '@doorstep/contract/custom-fields'
import { listCustomers } from '@doorstep/contract/customers'
import { createDemo, deleteDemo } from '@doorstep/contract/demo'
import { deleteGrant, listGrants } from '@doorstep/contract/grants'
import { listImportConflicts, updateImportConflict } from '@doorstep/contract/import-conflicts'
import {
  createImportVerification,
  getImportVerification,
} from '@doorstep/contract/import-verifications'
import {
  createImport,
  deleteImport,
  getImport,
  listImports,
  listRejectedItems,
  updateImport,
} from '@doorstep/contract/imports'
import {
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  listInvitations,
} from '@doorstep/contract/invitations'
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
} from '@doorstep/contract/labels'
import {
  createLead,
  deleteLead,
  getLead,
  listLeads,
  updateLead,
  upsertLead,
} from '@doorstep/contract/leads'
import {
  deleteLocationData,
  getLocationData,
  updateLocationData,
} from '@doorstep/contract/location-data'
import { getCustomerMap, getVisitMap } from '@doorstep/contract/maps'
import {
  createOAuthClient,
  deleteOAuthClient,
  listOAuthClients,
} from '@doorstep/contract/oauth-clients'
import { createPinChange, listPinChanges, updatePinChange } from '@doorstep/contract/pin-changes'
import { listPinSuggestions } from '@doorstep/contract/pin-suggestions'
import { getPlan, updatePlan } from '@doorstep/contract/plans'
import { getReviewCounts } from '@doorstep/contract/review-counts'
import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  updateSavedView,
} from '@doorstep/contract/saved-views'
import { search } from '@doorstep/contract/search'
import {
  createSession,
  deleteSession,
  getSession,
  createSessionByCode,
} from '@doorstep/contract/sessions'
import { getSettings, updateSettings } from '@doorstep/contract/settings'
import { createSetup } from '@doorstep/contract/setup'
import { streamVisits } from '@doorstep/contract/stream'
import { createToken, deleteToken, listTokens } from '@doorstep/contract/tokens'
import { listUnplaced } from '@doorstep/contract/unplaced'
import {
  createUser,
  getUser,
  getUserSelf,
  listUsers,
  setPassword,
  updatePassword,
  updateUser,
} from '@doorstep/contract/users'
import { createVerificationPreview } from '@doorstep/contract/verification-previews'
import { listVisitHistory } from '@doorstep/contract/visit-history'
import {
  createVisitOutcome,
  getVisitOutcome,
  listVisitOutcomes,
  mergeVisitOutcome,
  updateVisitOutcome,
} from '@doorstep/contract/visit-outcomes'
import { getVisitReport } from '@doorstep/contract/visit-reports'
import { updateVisitReview } from '@doorstep/contract/visit-reviews'
import {
  createVisit,
  deleteVisit,
  getVisit,
  listVisits,
  updateVisit,
} from '@doorstep/contract/visits'
import type { FastifyInstance } from 'fastify'

import * as accounts from './accounts.ts'
import * as appInfo from './app-info.ts'
import * as customers from './customers/customers.ts'
import * as demo from './demo.ts'
import * as grants from './grants.ts'
import * as importConflicts from './import-conflicts.ts'
import * as verifications from './import-verifications.ts'
import * as imports from './imports.ts'
import * as invitations from './invitations.ts'
import * as locationData from './location-data.ts'
import * as maps from './maps.ts'
import * as oauthClients from './oauth-clients.ts'
import type { OfferedGrants } from './oauth/library.ts'
import { serveOAuth } from './oauth/routes.ts'
import * as plans from './plans.ts'
import { contacts } from './records/contacts.ts'
import { contactCustomFields, leadCustomFields } from './records/custom-fields.ts'
import * as labels from './records/labels.ts'
import { leads } from './records/leads.ts'
import * as pinChanges from './records/pin-changes.ts'
import * as pinSuggestions from './records/pin-suggestions.ts'
import * as unplaced from './records/unplaced.ts'
import type { Tools } from './request/call.ts'
import { byRevision } from './request/tagged.ts'
import * as reviewCounts from './review-counts.ts'
import { serve, serveOpen } from './routes.ts'
import * as savedViews from './saved-views.ts'
import * as searches from './search.ts'
import * as sessions from './sessions.ts'
import * as settings from './settings.ts'
import * as setup from './setup.ts'
import * as stream from './stream/stream.ts'
import * as tokens from './tokens.ts'
import * as users from './users.ts'
import * as verificationPreviews from './verification-previews.ts'
import * as visitOutcomes from './visit-outcomes.ts'
import * as visitReports from './visit-reports.ts'
import * as visitHistory from './visits/history.ts'
import * as visitReviews from './visits/reviews.ts'
import * as visits from './visits/visits.ts'

/** Every operation of the contract with its handler: the route table. */
export async function serveOperations(
  app: FastifyInstance,
  tools: Tools,
  offeredGrants: OfferedGrants,
): Promise<void> {
  serve(app, tools, listVisits, visits.listVisits)
  serve(app, tools, getVisit, visits.getVisit)
  serve(app, tools, createVisit, visits.createVisit, visits.checks)
  serve(app, tools, updateVisit, visits.updateVisit, visits.checks)
  serve(app, tools, deleteVisit, visits.deleteVisit)
  serve(app, tools, getVisitMap, maps.getVisitMap)
  serve(app, tools, getCustomerMap, maps.getCustomerMap)
  serve(app, tools, getVisitReport, visitReports.getVisitReport)
  serve(app, tools, getReviewCounts, reviewCounts.getReviewCounts)
  serve(app, tools, streamVisits, stream.streamVisits)
  serve(app, tools, listUnplaced, byRevision(unplaced.listUnplaced))
  serve(app, tools, listPinChanges, byRevision(pinChanges.listPinChanges))
  serve(app, tools, search, searches.search)
  serve(app, tools, listCustomers, customers.listCustomers)
  serve(app, tools, listUnplaced, unplaced.listUnplaced)
  serve(app, tools, listPinChanges, pinChanges.listPinChanges)
  serve(app, tools, createPinChange, pinChanges.createPinChange)
  serve(app, tools, updatePinChange, pinChanges.updatePinChange)
  serve(app, tools, listLeads, byRevision(leads.list))
  serve(app, tools, listPinSuggestions, pinSuggestions.listPinSuggestions)
  serve(app, tools, listLeads, leads.list)
  serve(app, tools, getLead, leads.get)
  serve(app, tools, createLead, leads.create, leads.createChecks)
  serve(app, tools, upsertLead, leads.upsert, leads.upsertChecks)
  serve(app, tools, updateLead, leads.update, leads.updateChecks)
  serve(app, tools, deleteLead, leads.delete)
  serve(app, tools, listContacts, byRevision(contacts.list))
  serve(app, tools, getContact, contacts.get)
  serve(app, tools, createContact, contacts.create, contacts.createChecks)
  serve(app, tools, upsertContact, contacts.upsert, contacts.upsertChecks)
  serve(app, tools, updateContact, contacts.update, contacts.updateChecks)
  serve(app, tools, deleteContact, contacts.delete)
  serve(app, tools, listVisitOutcomes, byRevision(visitOutcomes.listVisitOutcomes))
  serveRecordLists(app, tools)
  serve(app, tools, listVisitOutcomes, visitOutcomes.listVisitOutcomes)
  serve(app, tools, getVisitOutcome, visitOutcomes.getVisitOutcome)
  serve(app, tools, createVisitOutcome, visitOutcomes.createVisitOutcome, visitOutcomes.checks)
  serve(app, tools, updateVisitOutcome, visitOutcomes.updateVisitOutcome, visitOutcomes.checks)
  serve(app, tools, mergeVisitOutcome, visitOutcomes.mergeVisitOutcome)
  serve(app, tools, listUsers, byRevision(users.listUsers))
  serve(app, tools, getUserSelf, users.getUserSelf)
  serve(app, tools, getUser, users.getUser)
  serve(app, tools, createUser, users.createUser, users.checks)
  serve(app, tools, updateUser, users.updateUser, users.checks)
  serve(app, tools, updatePassword, users.updatePassword)
  serve(app, tools, setPassword, users.setPassword)
  serve(app, tools, listTokens, tokens.listTokens)
  serve(app, tools, createToken, tokens.createToken, tokens.checks)
  serve(app, tools, deleteToken, tokens.deleteToken)
  serve(app, tools, listGrants, grants.listGrants)
  serve(app, tools, deleteGrant, grants.deleteGrant)
  serve(app, tools, listOAuthClients, oauthClients.listOAuthClients)
  serve(app, tools, createOAuthClient, oauthClients.createOAuthClient, oauthClients.checks)
  serve(app, tools, deleteOAuthClient, oauthClients.deleteOAuthClient)
  serve(app, tools, listImports, imports.listImports)
  serve(app, tools, getImport, imports.getImport)
  serve(app, tools, createImport, imports.createImport, imports.checks)
  serve(app, tools, deleteImport, imports.deleteImport)
  serve(app, tools, listImportConflicts, byRevision(importConflicts.listImportConflicts))
  serve(app, tools, updateImportConflict, importConflicts.updateImportConflict)
  serveImports(app, tools)
  await serveOAuth(app, tools, offeredGrants)
  serveOpen(app, tools, getApp, appInfo.getApp)
  serveOpen(app, tools, createSetup, setup.createSetup)
  serve(app, tools, createDemo, demo.createDemo)
  serve(app, tools, deleteDemo, demo.deleteDemo)
  serve(app, tools, getSettings, settings.getSettings)
  serve(app, tools, updateSettings, settings.updateSettings, settings.checks)
  serve(app, tools, createVerificationPreview, verificationPreviews.createVerificationPreview)
  serve(app, tools, listInvitations, invitations.listInvitations)
  serve(app, tools, createInvitation, invitations.createInvitation, invitations.checks)
  serve(app, tools, deleteInvitation, invitations.deleteInvitation)
  serveOpen(app, tools, acceptInvitation, invitations.acceptInvitation)
  serveOpen(app, tools, createSession, sessions.createSession)
  serveOpen(app, tools, createSessionByCode, sessions.createSessionByCode)
  serve(app, tools, getSession, sessions.getSession)
  serve(app, tools, deleteSession, sessions.deleteSession)
  serve(app, tools, getAccountSelf, accounts.getAccountSelf)
  serve(app, tools, listSavedViews, savedViews.listSavedViews)
  serve(app, tools, createSavedView, savedViews.createSavedView, savedViews.checks)
  serve(app, tools, updateSavedView, savedViews.updateSavedView, savedViews.checks)
  serve(app, tools, deleteSavedView, savedViews.deleteSavedView)
  serve(app, tools, listVisitHistory, visitHistory.listVisitHistory)
  serve(app, tools, getPlan, plans.getPlan)
  serve(app, tools, updatePlan, plans.updatePlan, plans.checks)
  serve(app, tools, getLocationData, locationData.getLocationData)
  serve(app, tools, updateLocationData, locationData.updateLocationData)
  serve(app, tools, deleteLocationData, locationData.deleteLocationData)
  serve(app, tools, updateVisitReview, visitReviews.updateVisitReview)
}

/** What clients ask for before they write a lead or contact (PROTOCOL 10.15). */
function serveRecordLists(app: FastifyInstance, tools: Tools): void {
  serve(app, tools, listLeadCustomFields, leadCustomFields.list)
  serve(app, tools, getLeadCustomField, leadCustomFields.get)
  serve(app, tools, createLeadCustomField, leadCustomFields.create, leadCustomFields.checks)
  serve(app, tools, updateLeadCustomField, leadCustomFields.update, leadCustomFields.checks)
  serve(app, tools, listContactCustomFields, contactCustomFields.list)
  serve(app, tools, getContactCustomField, contactCustomFields.get)
  serve(
    app,
    tools,
    createContactCustomField,
    contactCustomFields.create,
    contactCustomFields.checks,
  )
  serve(
    app,
    tools,
    updateContactCustomField,
    contactCustomFields.update,
    contactCustomFields.checks,
  )
  serve(app, tools, listTags, labels.listTags)
  serve(app, tools, getTag, labels.getTag)
  serve(app, tools, listLeadStatuses, labels.listLeadStatuses)
  serve(app, tools, getLeadStatus, labels.getLeadStatus)
  serve(app, tools, createLeadStatus, labels.createLeadStatus, labels.statusChecks)
  serve(app, tools, updateLeadStatus, labels.updateLeadStatus, labels.statusChecks)
  serve(app, tools, listLeadSources, labels.listLeadSources)
  serve(app, tools, getLeadSource, labels.getLeadSource)
  serve(app, tools, createLeadSource, labels.createLeadSource, labels.sourceChecks)
  serve(app, tools, updateLeadSource, labels.updateLeadSource, labels.sourceChecks)
}

function serveImports(app: FastifyInstance, tools: Tools): void {
  serve(app, tools, listImports, imports.listImports)
  serve(app, tools, getImport, imports.getImport)
  serve(app, tools, createImport, imports.createImport, imports.checks)
  serve(app, tools, updateImport, imports.updateImport, imports.checks)
  serve(app, tools, deleteImport, imports.deleteImport)
  serve(app, tools, listRejectedItems, imports.listRejectedItems)
  serve(app, tools, getImportVerification, verifications.getImportVerification)
  serve(
    app,
    tools,
    createImportVerification,
    verifications.createImportVerification,
    verifications.checks,
  )
  serve(app, tools, listImportConflicts, importConflicts.listImportConflicts)
  serve(app, tools, updateImportConflict, importConflicts.updateImportConflict)
}
