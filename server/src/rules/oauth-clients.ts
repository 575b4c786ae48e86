import type { AuditActor } from '../domain/audit.ts'
import type { OAuthClient } from '../domain/oauth.ts'
import type { Transaction } from '../domain/store.ts'

/** Registers a client; answers its id. */
export async function addClient(
  tx: Transaction,
  actor: AuditActor,
  client: Omit<OAuthClient, 'id'>,
): Promise<number> {
  const id = await tx.oauth.addClient(client)
  const subject = { kind: 'oauth_client', id, name: client.name } as const
  await tx.audit.add(actor, 'oauth_client_created', subject)
  return id
}

/** Removes a client with its codes and tokens; false: there is none. `now`: in ms. */
export async function removeClient(
  tx: Transaction,
  actor: AuditActor,
  id: number,
  now: number,
): Promise<boolean> {
  const client = await tx.oauth.findClient(id)
  if (!client || !(await tx.oauth.removeClient(id, now))) return false
  const subject = { kind: 'oauth_client', id, name: client.name } as const
  await tx.audit.add(actor, 'oauth_client_removed', subject)
  return true
}
