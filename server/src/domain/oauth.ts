import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { Scope } from './scopes.ts'

export const accessTokenMs = 3_600_000
export const codeMs = 600_000
/** How long what has expired is kept, so that a code that is used again is known. */
export const expiredMs = 24 * 3_600_000

export const clientNameLengthMax = 100
export const redirectUrisMax = 20
export const redirectUriLengthMax = 2_000

/** A program that asks for tokens on behalf of users. Of its secret only the SHA-256 is kept. */
export interface OAuthClient {
  readonly id: number
  /** The `client_id` of the protocol. */
  readonly uid: string
  readonly name: string
  readonly redirectUris: readonly string[]
  /** null: a public client, which cannot keep a secret. */
  readonly secretHash: string | null
  readonly createdAt: number
}

export interface FoundClient {
  readonly accountKey: AccountKey
  readonly client: OAuthClient
}

/** What somebody allowed a client. */
export interface Allowance {
  readonly hash: string
  readonly clientId: number
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly createdAt: number
}

export interface OAuthCode extends Allowance {
  readonly redirectUri: string
  readonly codeChallenge: string | null
  readonly codeChallengeMethod: string | null
  readonly expiresAt: number
}

export interface RefreshToken extends Allowance {
  /** What all tokens that one consent led to have in common. */
  readonly grantHash: string
}

/** What token/info tells. Times in ms. */
export interface TokenInfo {
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly createdAt: number
  readonly expiresAt: number | null
  /** null: a personal token. */
  readonly clientUid: string | null
}

const unsafeSchemes = ['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']

/** Why nobody may be sent back there; undefined: they may. */
export function redirectUriProblem(uri: string): string | undefined {
  if (uri.length > redirectUriLengthMax)
    return `must have at most ${redirectUriLengthMax} characters`
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return 'must be an absolute URI'
  const { protocol, hash, username, password } = new URL(uri)
  if (hash !== '' || uri.includes('#')) return 'must have no fragment'
  if (username !== '' || password !== '') return 'must name no user'
  return unsafeSchemes.includes(protocol) ? `must not begin with ${protocol}` : undefined
}

export interface OAuthReads {
  /** By its `client_id`, in any account. */
  findClient(uid: string): Promise<FoundClient | undefined>
  listClients(account: AccountKey, page: PageRequest<'id'>): Promise<Page<OAuthClient>>
  findCode(account: AccountKey, hash: string): Promise<OAuthCode | undefined>
  findRefreshToken(account: AccountKey, hash: string): Promise<RefreshToken | undefined>
  /** Of an access token in any account, live or not. */
  findInfo(hash: string): Promise<TokenInfo | undefined>
  /**
   * Removes codes and OAuth's access tokens that expired before `before` (ms), at most `limit`
   * of them, and says how many.
   */
  drop(account: AccountKey, before: number, limit: number): Promise<number>
}

export interface OAuthWrites {
  addClient(client: Omit<OAuthClient, 'id'>): Promise<number>
  findClient(id: number): Promise<OAuthClient | undefined>
  /** With all that it was given; false when there is none. */
  removeClient(id: number, at: number): Promise<boolean>
  addCode(code: OAuthCode): Promise<void>
  findCode(hash: string): Promise<OAuthCode | undefined>
  /** False when it has been used before. */
  useCode(hash: string, at: number): Promise<boolean>
  removeCode(hash: string): Promise<void>
  addRefreshToken(token: RefreshToken): Promise<void>
  findRefreshToken(hash: string): Promise<RefreshToken | undefined>
  /** Ends all tokens that have the grant in common. */
  revokeGrant(grantHash: string, at: number): Promise<void>
  /** Ends all that clients were given in a user's name, codes too. */
  revokeGrantsOf(userId: number, at: number): Promise<void>
  revokeAccessToken(clientId: number, hash: string, at: number): Promise<void>
}
