import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { Scope } from './scopes.ts'

/** Lifetime of an access token. */
export const accessTokenMs = 3_600_000
/** Lifetime of an authorization code. */
export const codeMs = 600_000
/** How long expired codes and tokens stay stored, so that a second use of a code is detected. */
export const expiredMs = 24 * 3_600_000

/** A program that requests tokens on behalf of users. Only the SHA-256 of its secret is stored. */
export interface OAuthClient {
  readonly id: number
  /** The `client_id` of the protocol. */
  readonly uid: string
  readonly name: string
  readonly redirectUris: readonly string[]
  /** null: a public client, which has no secret. */
  readonly secretHash: string | null
  /** In ms. */
  readonly createdAt: number
}

/** A client with the account that it belongs to. */
export interface AccountClient {
  readonly accountKey: AccountKey
  readonly client: OAuthClient
}

/** Consent of a user to a client. `hash`: SHA-256 of the code or token. Times in ms. */
export interface OAuthGrant {
  readonly hash: string
  readonly clientId: number
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly createdAt: number
}

/** An authorization code. */
export interface OAuthCode extends OAuthGrant {
  readonly redirectUri: string
  readonly codeChallenge: string | null
  readonly codeChallengeMethod: string | null
  readonly expiresAt: number
}

/** A refresh token; it does not expire. */
export interface RefreshToken extends OAuthGrant {
  /** Shared by all tokens that result from one consent. */
  readonly grantHash: string
}

/** What a user has allowed a client. `hash` is the `grantHash` of its tokens. */
export interface Grant extends OAuthGrant {
  readonly id: number
  /** null: it has a refresh token, and ends when it is revoked. */
  readonly expiresAt: number | null
}

/** A grant with the `client_id` and name of its client. */
export interface ListedGrant extends Grant {
  readonly clientUid: string
  readonly clientName: string
}

/** The answer of token/info. Times in ms. */
export interface TokenInfo {
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly createdAt: number
  readonly expiresAt: number | null
  /** null: a personal token. */
  readonly clientUid: string | null
}

const loopbackHosts = ['127.0.0.1', '[::1]', 'localhost']

/**
 * What is wrong with a redirect URI, as the rest of a sentence; undefined: it is valid. A private
 * scheme without a dot belongs to nobody, and may be claimed by any program (RFC 8252, 7.1).
 */
export function redirectUriProblem(uri: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return 'must be an absolute URI'
  const { protocol, hostname, hash, username, password } = new URL(uri)
  if (hash !== '' || uri.includes('#')) return 'must have no fragment'
  if (username !== '' || password !== '') return 'must name no user'
  const isLoopback = protocol === 'http:' && loopbackHosts.includes(hostname)
  if (protocol === 'https:' || isLoopback || protocol.includes('.')) return undefined
  return `must begin with https:, http://127.0.0.1 or http://localhost, or a scheme with a dot, such as com.example.app:`
}

/** Whether it is one of the registered ones; on this machine with any port (RFC 8252, 7.3). */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  if (registered.includes(uri)) return true
  const given = withoutLoopbackPort(uri)
  return (
    given !== undefined &&
    redirectUriProblem(uri) === undefined &&
    registered.some((known) => withoutLoopbackPort(known) === given)
  )
}

function withoutLoopbackPort(uri: string): string | undefined {
  const [, origin, rest] =
    /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?((?:[/?].*)?)$/.exec(uri) ?? []
  return origin === undefined ? undefined : `${origin}${rest}`
}

/** Clients, codes and tokens, outside of any transaction. */
export interface OAuthReads {
  /** Finds a client by its `client_id`, in any account. */
  findClient(uid: string): Promise<AccountClient | undefined>
  listClients(account: AccountKey, page: PageRequest<'id'>): Promise<Page<OAuthClient>>
  findCode(account: AccountKey, hash: string): Promise<OAuthCode | undefined>
  findRefreshToken(account: AccountKey, hash: string): Promise<RefreshToken | undefined>
  /** The user's grants that have not ended at `now` (ms). */
  listGrants(
    account: AccountKey,
    userId: number,
    now: number,
    page: PageRequest<'id'>,
  ): Promise<Page<ListedGrant>>
  /** Of an access token in any account, whether or not it is still valid. */
  findInfo(hash: string): Promise<TokenInfo | undefined>
  /**
   * Deletes codes and OAuth access tokens that expired before `before` (ms), at most `limit`
   * of them, and grants; answers how many codes and tokens.
   */
  drop(account: AccountKey, before: number, limit: number): Promise<number>
}

/** Clients, codes and tokens, in a transaction. Times in ms. */
export interface OAuthWrites {
  addClient(client: Omit<OAuthClient, 'id'>): Promise<number>
  findClient(id: number): Promise<OAuthClient | undefined>
  /** Removes a client with its codes and tokens; false: there is no such client. */
  removeClient(id: number, at: number): Promise<boolean>
  addCode(code: OAuthCode): Promise<void>
  findCode(hash: string): Promise<OAuthCode | undefined>
  /** Marks the code as used; false: it has been used before. */
  useCode(hash: string, at: number): Promise<boolean>
  removeCode(hash: string): Promise<void>
  addRefreshToken(token: RefreshToken): Promise<void>
  findRefreshToken(hash: string): Promise<RefreshToken | undefined>
  addGrant(grant: Omit<Grant, 'id'>): Promise<number>
  findGrant(id: number): Promise<Grant | undefined>
  hasGrant(hash: string): Promise<boolean>
  /**
   * Removes the grant and revokes all its tokens, and personal ones that were made with them. Answers
   * the grant as it was; undefined: there is none.
   */
  revokeGrant(grantHash: string, at: number): Promise<Grant | undefined>
  /** Removes a user's grants and codes, and revokes their tokens as `revokeGrant` does. */
  revokeGrantsOf(userId: number, at: number): Promise<void>
  revokeAccessToken(clientId: number, hash: string, at: number): Promise<void>
}
