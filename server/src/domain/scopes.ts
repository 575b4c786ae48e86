/** What a token may allow. */
export const scopes = ['read', 'write', 'profile', 'sync'] as const

/** One of `scopes`. */
export type Scope = (typeof scopes)[number]

/** Parses scopes separated by spaces or commas; undefined: there is none, or an unknown one. */
export function parseScopes(text: string): Scope[] | undefined {
  const given = text.split(/[\s,]+/).filter((word) => word !== '')
  const found = scopes.filter((scope) => given.includes(scope))
  const isValid = given.length > 0 && given.every((word) => found.some((scope) => scope === word))
  return isValid ? found : undefined
}
