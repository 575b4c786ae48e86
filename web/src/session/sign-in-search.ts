export interface SignInSearch {
  /** Where to go on afterwards: a path of this app. */
  readonly next?: string
}

export function parseSignInSearch(typed: { readonly next?: unknown }): SignInSearch {
  const { next } = typed
  // NOTE: //host would lead to another server.
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {}
}
