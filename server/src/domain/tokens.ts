export const scopes = ['read', 'write', 'profile', 'sync'] as const
export type Scope = (typeof scopes)[number]

/** Exactly 64 lowercase hex characters (PROTOCOL 2.1). */
export const tokenPattern = /^[0-9a-f]{64}$/

/** A personal access token as it is kept: never the token, only its SHA-256. */
export interface AccessToken {
  readonly id: number
  readonly hash: string
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly description: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  /** To about a minute; null: never. */
  readonly lastUsedAt: number | null
}

export function parseScopes(text: string): Scope[] | undefined {
  const given = text.split(/[\s,]+/).filter((word) => word !== '')
  const known = scopes.filter((scope) => given.includes(scope))
  return given.length > 0 && given.every((word) => known.some((scope) => scope === word))
    ? known
    : undefined
}
