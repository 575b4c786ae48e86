import { hash } from '@node-rs/argon2'

import type { AccountKey } from '../../../src/domain/accounts.ts'
import { type Scope, scopes as allScopes } from '../../../src/domain/scopes.ts'
import type { Store } from '../../../src/domain/store.ts'
import { hashToken } from '../../../src/http/access/auth.ts'
import { issueTokens } from '../../../src/rules/oauth-grants.ts'
import { newSecret } from '../../../src/runtime/secrets.ts'
import { emailOf, people } from '../sell-items.ts'
import { send } from '../send.ts'
import { bearer, madeWith } from '../signed-in.ts'
import type { TestApp } from '../start.ts'

/** Who sends a request, and what that allows. */
export interface Identity {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  /** undefined: nobody, so that only open operations are allowed. */
  readonly scopes?: readonly Scope[]
  readonly isAdmin?: boolean
  /** A session that may not write. */
  readonly lacksCsrfToken?: boolean
  readonly isOfOtherAccount?: boolean
}

const adminEmail = 'admin@acme.example'
const roles = { admin: adminEmail, manager: emailOf('manager'), rep: emailOf('rep') } as const

/** All ways to choose at least one scope. */
const choices: readonly (readonly Scope[])[] = Array.from({ length: 15 }, (_, number) =>
  allScopes.filter((_scope, index) => ((number + 1) >> index) % 2 === 1),
)

export async function identitiesOf(app: TestApp): Promise<Identity[]> {
  const tokens: Identity[] = []
  for (const [role, email] of Object.entries(roles)) {
    for (const scopes of choices) {
      const headers = bearer(await app.token(email, scopes))
      tokens.push({
        name: `${role} with ${scopes.join('+')}`,
        headers,
        scopes,
        isAdmin: role === 'admin',
      })
    }
  }
  return [
    ...(await nobodies(app)),
    ...tokens,
    ...(await oauthIdentities(app)),
    ...(await sessionIdentities(app)),
    {
      name: 'the admin of another account',
      headers: bearer(app.tokens.otherAdmin),
      scopes: allScopes,
      isAdmin: true,
      isOfOtherAccount: true,
    },
  ]
}

/** Credentials that are none, or have ended. */
async function nobodies(app: TestApp): Promise<Identity[]> {
  const revoked = await app.token(adminEmail)
  const inactive = await app.token(emailOf('trainee'))
  const signedOut = await sessionOf(app, 'rep')
  await send(app, 'DELETE', '/v2/session', undefined, { token: '', headers: signedOut })
  const ended = await oauthToken(app, people.rep, allScopes)
  const expired = newSecret()
  await app.store.write(app.account, async (tx) => {
    const newest = await newestToken(app.store, app.account, adminEmail)
    await tx.tokens.revoke(newest, Date.now())
    await tx.oauth.revokeGrantsOf(people.rep, Date.now())
    const past = { createdAt: 1, expiresAt: 2, revokedAt: null }
    const token = { hash: hashToken(expired), userId: people.manager, scopes: allScopes }
    await tx.tokens.add({ ...token, ...past, description: '' })
    // NOTE: saved as it is, so that the token itself is not revoked.
    const [trainee] = (await tx.users.find([people.trainee])).values()
    if (trainee) await tx.users.save([{ ...trainee, status: 'inactive' }])
  })
  return [
    { name: 'none', headers: {} },
    { name: 'a token that nobody has', headers: bearer('0'.repeat(64)) },
    { name: 'a token that is none', headers: bearer('x') },
    { name: 'another scheme', headers: { Authorization: `Basic ${app.tokens.admin}` } },
    { name: 'a revoked token', headers: bearer(revoked) },
    { name: 'an expired token', headers: bearer(expired) },
    { name: 'the token of an inactive user', headers: bearer(inactive) },
    { name: 'an OAuth token whose grant was revoked', headers: bearer(ended) },
    { name: 'a session that was ended', headers: signedOut },
    {
      name: 'a session that nobody signed',
      headers: { Cookie: `doorstep_session=${newSecret()}` },
    },
  ]
}

async function newestToken(store: Store, account: AccountKey, email: string): Promise<number> {
  const own = (await store.tokens.list(account)).filter((each) => each.email === email)
  return own.at(-1)?.id ?? 0
}

/** What a client got for a user. */
async function oauthToken(app: TestApp, userId: number, scopes: readonly Scope[]): Promise<string> {
  const secret = newSecret()
  const now = Date.now()
  const client = {
    uid: newSecret(),
    name: 'Zap',
    redirectUris: [],
    secretHash: null,
    createdAt: now,
  }
  const issue = { accessHash: hashToken(secret), refreshHash: null, userId, scopes }
  await app.store.write(app.account, async (tx) => {
    const id = await tx.oauth.addClient(client)
    await issueTokens(tx, { ...client, id }, { ...issue, origin: { kind: 'person' } }, now)
  })
  return secret
}

async function oauthIdentities(app: TestApp): Promise<Identity[]> {
  const admin = await app.client.users.self()
  const users = { admin: admin.data.id, rep: people.rep }
  const found: Identity[] = []
  for (const [role, userId] of Object.entries(users)) {
    const isAdmin = role === 'admin'
    for (const scopes of [allScopes, ['read'], ['write'], ['profile', 'write']] as const) {
      const headers = bearer(await oauthToken(app, userId, scopes))
      found.push({ name: `OAuth for ${role} with ${scopes.join('+')}`, headers, scopes, isAdmin })
    }
    const made = await madeWith(app, await oauthToken(app, userId, allScopes))
    const scopes = ['write', 'profile'] as const
    found.push({ name: `made with OAuth for ${role}`, headers: bearer(made), scopes, isAdmin })
  }
  return found
}

const password = 'correct horse battery'

/** The headers of a new session with its CSRF token. */
async function sessionOf(app: TestApp, role: keyof typeof roles) {
  const email = roles[role]
  const stored = await hash(password, { memoryCost: 8, timeCost: 1 })
  await app.store.write(app.account, async (tx) => {
    const user = (await tx.users.findByEmail([email])).get(email)
    await tx.users.setPassword(user?.id ?? 0, stored)
  })
  const given = { email, password, account: 'Acme' }
  const { headers, body } = await send(app, 'POST', '/v2/session', given, { token: '' })
  const [Cookie = ''] = (headers.get('Set-Cookie') ?? '').split(';')
  return { Cookie, 'X-CSRF-Token': String(body.data.csrf_token) }
}

/** Each has a session of its own, which it may end. */
async function sessionIdentities(app: TestApp): Promise<Identity[]> {
  const found: Identity[] = []
  for (const role of ['admin', 'manager', 'rep'] as const) {
    const allows = { scopes: allScopes, isAdmin: role === 'admin' }
    const name = `session of ${role}`
    found.push({ name, headers: await sessionOf(app, role), ...allows })
    const { Cookie } = await sessionOf(app, role)
    const wrong = { ...(await sessionOf(app, role)), 'X-CSRF-Token': '0'.repeat(64) }
    const lacking = { lacksCsrfToken: true, ...allows }
    found.push(
      { name: `${name} without CSRF token`, headers: { Cookie }, ...lacking },
      { name: `${name} with a wrong CSRF token`, headers: wrong, ...lacking },
    )
  }
  return found
}
