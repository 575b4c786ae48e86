import { deleteGrant, listGrants } from '@doorstep/contract/grants'
import {
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  listInvitations,
} from '@doorstep/contract/invitations'
import {
  deleteLocationData,
  getLocationData,
  updateLocationData,
} from '@doorstep/contract/location-data'
import {
  createOAuthClient,
  deleteOAuthClient,
  listOAuthClients,
} from '@doorstep/contract/oauth-clients'
import {
  createSession,
  createSessionByCode,
  deleteSession,
  getSession,
} from '@doorstep/contract/sessions'
import { createToken, deleteToken, listTokens } from '@doorstep/contract/tokens'
import {
  createUser,
  getUser,
  getUserSelf,
  listUsers,
  setPassword,
  updatePassword,
  updateUser,
} from '@doorstep/contract/users'
import type { FastifyInstance } from 'fastify'

import * as grants from '../grants.ts'
import * as invitations from '../invitations.ts'
import * as locationData from '../location-data.ts'
import * as oauthClients from '../oauth-clients.ts'
import type { Tools } from '../request/call.ts'
import { serve, serveOpen } from '../serve.ts'
import * as sessions from '../sessions.ts'
import * as tokens from '../tokens.ts'
import * as users from '../users.ts'

/** Users, how they sign in, and what they allow. */
export function servePeople(app: FastifyInstance, tools: Tools): void {
  serve(app, tools, listUsers, users.listUsers)
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
  serve(app, tools, listInvitations, invitations.listInvitations)
  serve(app, tools, createInvitation, invitations.createInvitation, invitations.checks)
  serve(app, tools, deleteInvitation, invitations.deleteInvitation)
  serveOpen(app, tools, acceptInvitation, invitations.acceptInvitation)
  serveOpen(app, tools, createSession, sessions.createSession)
  serveOpen(app, tools, createSessionByCode, sessions.createSessionByCode)
  serve(app, tools, getSession, sessions.getSession)
  serve(app, tools, deleteSession, sessions.deleteSession)
  serve(app, tools, getLocationData, locationData.getLocationData)
  serve(app, tools, updateLocationData, locationData.updateLocationData)
  serve(app, tools, deleteLocationData, locationData.deleteLocationData)
}
