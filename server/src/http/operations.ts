import { getAccountSelf } from '@doorstep/contract/accounts'
import { getApp } from '@doorstep/contract/app-info'
import {
  createContact,
  deleteContact,
  exportContacts,
  getContact,
  listContacts,
  updateContact,
  upsertContact,
} from '@doorstep/contract/contacts'
import { listCustomers } from '@doorstep/contract/customers'
import { createDemo, deleteDemo } from '@doorstep/contract/demo'
import { deleteGrant, listGrants } from '@doorstep/contract/grants'
import { listImportConflicts, updateImportConflict } from '@doorstep/contract/import-conflicts'
import { createImport, deleteImport, getImport, listImports } from '@doorstep/contract/imports'
import {
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  listInvitations,
} from '@doorstep/contract/invitations'
import {
  createLead,
  deleteLead,
  exportLeads,
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
import { listVisitChanges, streamVisits } from '@doorstep/contract/stream'
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
import { exportVisits } from '@doorstep/contract/visit-exports'
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

import type { OfferedGrants } from './oauth/library.ts'
import { serveOAuth } from './oauth/routes.ts'
import { serveAccount } from './operations/account.ts'
import { serveImports } from './operations/imports.ts'
import { servePeople } from './operations/people.ts'
import { serveRecords } from './operations/records.ts'
import { serveVisits } from './operations/visits.ts'
import type { Tools } from './request/call.ts'

/** Every operation of the contract with its handler: the route table, by what it is about. */
export async function serveOperations(
  app: FastifyInstance,
  tools: Tools,
  offeredGrants: OfferedGrants,
): Promise<void> {
  serveVisits(app, tools)
  serveRecords(app, tools)
  servePeople(app, tools)
  serveImports(app, tools)
  serveAccount(app, tools)
  await serveOAuth(app, tools, offeredGrants)
}
