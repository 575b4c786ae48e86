import { getAccountSelf } from '@doorstep/contract/accounts'
import {
  createContact,
  deleteContact,
  getContact,
  listContacts,
  updateContact,
  upsertContact,
} from '@doorstep/contract/contacts'
import { listImportConflicts, updateImportConflict } from '@doorstep/contract/import-conflicts'
import { createImport, deleteImport, getImport, listImports } from '@doorstep/contract/imports'
import {
  createLead,
  deleteLead,
  getLead,
  listLeads,
  updateLead,
  upsertLead,
} from '@doorstep/contract/leads'
import {
  createOAuthClient,
  deleteOAuthClient,
  listOAuthClients,
} from '@doorstep/contract/oauth-clients'
import { createPinChange, listPinChanges, updatePinChange } from '@doorstep/contract/pin-changes'
import { createSession, deleteSession, getSession } from '@doorstep/contract/sessions'
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
import {
  createVisitOutcome,
  getVisitOutcome,
  listVisitOutcomes,
  mergeVisitOutcome,
  updateVisitOutcome,
} from '@doorstep/contract/visit-outcomes'
import {
  createVisit,
  deleteVisit,
  getVisit,
  listVisits,
  updateVisit,
} from '@doorstep/contract/visits'
import type { FastifyInstance } from 'fastify'

import { handleGetAccountSelf } from './accounts.ts'
import { handleListImportConflicts, handleUpdateImportConflict } from './import-conflicts.ts'
import {
  handleCreateImport,
  handleDeleteImport,
  handleGetImport,
  handleListImports,
  importChecks,
} from './imports.ts'
import {
  handleCreateOAuthClient,
  handleDeleteOAuthClient,
  handleListOAuthClients,
  oauthClientChecks,
} from './oauth-clients.ts'
import type { OfferedGrants } from './oauth/library.ts'
import { serveOAuth } from './oauth/routes.ts'
import {
  handleCreateVisitOutcome,
  handleMergeVisitOutcome,
  handleUpdateVisitOutcome,
  outcomeChecks,
} from './outcome-writes.ts'
import { contacts } from './records/contacts.ts'
import { leads } from './records/leads.ts'
import {
  handleCreatePinChange,
  handleListPinChanges,
  handleUpdatePinChange,
} from './records/pin-changes.ts'
import { handleListUnplaced } from './records/unplaced.ts'
import type { Tools } from './request/call.ts'
import { serve, serveOpen } from './routes.ts'
import { handleCreateSession, handleDeleteSession, handleGetSession } from './sessions.ts'
import { handleStreamVisits } from './stream/read.ts'
import { handleCreateToken, handleDeleteToken, handleListTokens, tokenChecks } from './tokens.ts'
import {
  handleCreateUser,
  handleSetPassword,
  handleUpdatePassword,
  handleUpdateUser,
  userChecks,
} from './user-writes.ts'
import { handleGetUser, handleGetUserSelf, handleListUsers } from './users.ts'
import { handleGetVisitOutcome, handleListVisitOutcomes } from './visit-outcomes.ts'
import {
  visitChecks,
  handleCreateVisit,
  handleDeleteVisit,
  handleGetVisit,
  handleUpdateVisit,
} from './visit-writes.ts'
import { handleListVisits } from './visits.ts'

/** Every operation of the contract with its handler: the route table. */
export async function serveOperations(
  app: FastifyInstance,
  tools: Tools,
  offeredGrants: OfferedGrants,
): Promise<void> {
  serve(app, tools, listVisits, handleListVisits)
  serve(app, tools, getVisit, handleGetVisit)
  serve(app, tools, createVisit, handleCreateVisit, visitChecks)
  serve(app, tools, updateVisit, handleUpdateVisit, visitChecks)
  serve(app, tools, deleteVisit, handleDeleteVisit)
  serve(app, tools, streamVisits, handleStreamVisits)
  serve(app, tools, listUnplaced, handleListUnplaced)
  serve(app, tools, listPinChanges, handleListPinChanges)
  serve(app, tools, createPinChange, handleCreatePinChange)
  serve(app, tools, updatePinChange, handleUpdatePinChange)
  serve(app, tools, listLeads, leads.list)
  serve(app, tools, getLead, leads.get)
  serve(app, tools, createLead, leads.create, leads.createChecks)
  serve(app, tools, upsertLead, leads.upsert, leads.upsertChecks)
  serve(app, tools, updateLead, leads.update, leads.updateChecks)
  serve(app, tools, deleteLead, leads.delete)
  serve(app, tools, listContacts, contacts.list)
  serve(app, tools, getContact, contacts.get)
  serve(app, tools, createContact, contacts.create, contacts.createChecks)
  serve(app, tools, upsertContact, contacts.upsert, contacts.upsertChecks)
  serve(app, tools, updateContact, contacts.update, contacts.updateChecks)
  serve(app, tools, deleteContact, contacts.delete)
  serve(app, tools, listVisitOutcomes, handleListVisitOutcomes)
  serve(app, tools, getVisitOutcome, handleGetVisitOutcome)
  serve(app, tools, createVisitOutcome, handleCreateVisitOutcome, outcomeChecks)
  serve(app, tools, updateVisitOutcome, handleUpdateVisitOutcome, outcomeChecks)
  serve(app, tools, mergeVisitOutcome, handleMergeVisitOutcome)
  serve(app, tools, listUsers, handleListUsers)
  serve(app, tools, getUserSelf, handleGetUserSelf)
  serve(app, tools, getUser, handleGetUser)
  serve(app, tools, createUser, handleCreateUser, userChecks)
  serve(app, tools, updateUser, handleUpdateUser, userChecks)
  serve(app, tools, updatePassword, handleUpdatePassword)
  serve(app, tools, setPassword, handleSetPassword)
  serve(app, tools, listTokens, handleListTokens)
  serve(app, tools, createToken, handleCreateToken, tokenChecks)
  serve(app, tools, deleteToken, handleDeleteToken)
  serve(app, tools, listOAuthClients, handleListOAuthClients)
  serve(app, tools, createOAuthClient, handleCreateOAuthClient, oauthClientChecks)
  serve(app, tools, deleteOAuthClient, handleDeleteOAuthClient)
  serve(app, tools, listImports, handleListImports)
  serve(app, tools, getImport, handleGetImport)
  serve(app, tools, createImport, handleCreateImport, importChecks)
  serve(app, tools, deleteImport, handleDeleteImport)
  serve(app, tools, listImportConflicts, handleListImportConflicts)
  serve(app, tools, updateImportConflict, handleUpdateImportConflict)
  await serveOAuth(app, tools, offeredGrants)
  serveOpen(app, tools, createSession, handleCreateSession)
  serve(app, tools, getSession, handleGetSession)
  serve(app, tools, deleteSession, handleDeleteSession)
  serve(app, tools, getAccountSelf, handleGetAccountSelf)
}
