export const scopes = ['read', 'write', 'profile', 'sync'] as const

export type Scope = (typeof scopes)[number]

export function parseScopes(text: string): Scope[] | undefined {
  const given = text.split(/[\s,]+/).filter((word) => word !== '')
  const known = scopes.filter((scope) => given.includes(scope))
  return given.length > 0 && given.every((word) => known.some((scope) => scope === word))
    ? known
    : undefined
}
