import type { AccountKey } from '../../../src/domain/accounts.ts'
import { newProgress } from '../../../src/domain/import-progress.ts'
import type { Transaction } from '../../../src/domain/store.ts'
import { newUser } from '../../../src/domain/users.ts'
import { invite } from '../../../src/rules/invitations.ts'
import { newSecret } from '../../../src/runtime/secrets.ts'
import { outcomeItem, recordItem, userItem, visitItem } from '../sell-items.ts'
import type { TestApp } from '../start.ts'

/** Of each collection, the id of an object that one account has and the other has not. */
export type ObjectIds = Readonly<Record<string, number>>

/**
 * Adds an object of each kind. `first`: of the ids that can be chosen, apart for each account.
 * `count`: the others get the id after this many, of which the last one stays.
 */
export async function addObjects(
  app: TestApp,
  account: AccountKey,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<ObjectIds> {
  // A new password of the one ends their grants.
  const [user, other] = [first + 1, first + 2]
  await app.import(
    [
      ...[user, other].map((id) => userItem({ id, email: `${id}@acme.example` })),
      recordItem('lead', first, user),
      recordItem('contact', first, user),
      outcomeItem({ id: first }),
      visitItem({ id: first, creator_id: user, resource_id: first }),
    ],
    account,
  )
  const counted = await app.store.write(account, async (tx) => {
    await addChosen(tx, first, user)
    return {
      '/v2/tokens': await addTokens(tx, other, count),
      '/v2/oauth_clients': await addClients(tx, count),
      '/v2/grants': await addGrants(tx, other, count),
      '/v2/invitations': await addInvitation(tx, first + 3),
    }
  })
  const chosen = [
    'leads',
    'contacts',
    'visit_outcomes',
    'visits',
    'pin_changes',
    'imports',
    'saved_views',
  ]
  return {
    ...Object.fromEntries(chosen.map((name) => [`/v2/${name}`, first])),
    '/v2/import_conflicts': first,
    '/v2/lead/custom_fields': first,
    '/v2/contact/custom_fields': first,
    '/v2/tags': first,
    '/v2/lead_statuses': first,
    '/v2/lead_sources': first,
    '/v2/users': user,
    ...counted,
  }
}

async function addChosen(tx: Transaction, id: number, creatorId: number): Promise<void> {
  const now = Date.now()
  const isShared = true
  const view = { id, creatorId, name: 'Mine', query: '', columns: [], isShared }
  await tx.savedViews.save({ ...view, createdAt: now, updatedAt: now })
  await tx.pinChanges.save({
    id,
    creatorId,
    resourceKind: 'lead',
    resourceId: id,
    latitude: 52,
    longitude: 13,
    note: null,
    status: 'pending',
    decidedBy: null,
    decidedAt: null,
    createdAt: now,
  })
  const times = { createdAt: now, updatedAt: now }
  for (const list of ['tags', 'lead_statuses', 'lead_sources'] as const) {
    const label = { id, name: `of ${id}`, creatorId, isDefault: false, ...times }
    await tx.labels.save(list, [{ ...label, resourceKind: 'lead' }])
  }
  const field = { id, name: `of ${id}`, type: 'string', choices: null, isDerived: false } as const
  for (const resourceKind of ['lead', 'contact'] as const) {
    await tx.customFields.save([
      { ...field, resourceKind, forCompany: true, forContact: true, ...times },
    ])
  }
  await tx.imports.save({
    id,
    source: 'sell',
    baseUrl: 'https://sell.example',
    phase: 'done',
    progress: newProgress,
    startedAt: now,
    updatedAt: now,
    finishedAt: now,
    runner: null,
    heartbeatAt: null,
    isStopAsked: false,
    lastError: null,
  })
  await tx.imports.saveConflict({
    id,
    visitId: id,
    item: '{}',
    parsed: '{}',
    differs: ['summary'],
    status: 'open',
    createdAt: now,
    resolvedAt: null,
    resolvedBy: null,
  })
}

async function addTokens(tx: Transaction, userId: number, count: number): Promise<number> {
  const token = {
    userId,
    scopes: ['read'],
    description: '',
    createdAt: 1,
    revokedAt: null,
  } as const
  for (;;) {
    const id = await tx.tokens.add({ ...token, hash: newSecret(), expiresAt: null })
    if (id >= count) return id
    await tx.tokens.revoke(id, 1)
  }
}

async function addClients(tx: Transaction, count: number): Promise<number> {
  const client = { name: 'Zap', redirectUris: [], secretHash: null, createdAt: 1 }
  for (;;) {
    const id = await tx.oauth.addClient({ ...client, uid: newSecret() })
    if (id >= count) return id
    await tx.oauth.removeClient(id, 1)
  }
}

async function addInvitation(tx: Transaction, id: number): Promise<number> {
  const draft = { name: 'Guest', email: `guest-${id}@acme.example` }
  const user = newUser({ id, ...draft, role: 'user', reportsTo: null }, Date.now())
  await tx.users.save([{ ...user, status: 'inactive', confirmed: false }])
  return (await invite(tx, draft, newSecret(), Date.now())).user.id
}

async function addGrants(tx: Transaction, userId: number, count: number): Promise<number> {
  const grant = { userId, clientId: 1, scopes: ['read'], createdAt: 1, expiresAt: null } as const
  for (;;) {
    const hash = newSecret()
    const id = await tx.oauth.addGrant({ ...grant, hash })
    if (id >= count) return id
    await tx.oauth.revokeGrant(hash, 1)
  }
}
