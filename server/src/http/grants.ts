import type * as contract from '@doorstep/contract/grants'

import { printSeconds } from '../domain/clock.ts'
import type { ListedGrant } from '../domain/oauth.ts'
import { revokeGrant } from '../rules/oauth-grants.ts'
import { forbidden } from './access/auth.ts'
import type { Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { answerPage } from './request/pages.ts'

export const listGrants: Handler<typeof contract.listGrants> = async (call) => {
  const { query, actor, store, clock } = call
  const { user_id: userId = actor.userId } = query
  if (!actor.isAdmin && userId !== actor.userId) {
    throw forbidden(
      'Only an admin may see what other users have allowed. Leave out user_id for your own.',
    )
  }
  return answerPage(
    call,
    'grant',
    ['id'],
    (page) => store.oauth.listGrants(actor.accountKey, userId, clock(), page),
    toAnswer,
  )
}

export const deleteGrant: Handler<typeof contract.deleteGrant> = async (call) => {
  const { store, actor, params, clock } = call
  const isRevoked = await store.write(actor.accountKey, async (tx) => {
    const grant = await tx.oauth.findGrant(idOf(params))
    const isMine = grant !== undefined && (actor.isAdmin || grant.userId === actor.userId)
    if (!isMine) return false
    await revokeGrant(tx, actor, grant.hash, clock())
    return true
  })
  if (!isRevoked) throw notFound('grant', params)
  return undefined
}

const toAnswer = (grant: ListedGrant): contract.Grant => ({
  id: grant.id,
  user_id: grant.userId,
  client_id: grant.clientUid,
  client_name: grant.clientName,
  scopes: [...grant.scopes],
  created_at: printSeconds(grant.createdAt),
  expires_at: grant.expiresAt === null ? null : printSeconds(grant.expiresAt),
})
