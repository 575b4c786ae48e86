/** What a request carried: a token, or a session by the SHA-256 of its id. */
export type Credential = { readonly tokenId: number } | { readonly sessionHash: string }

/** When a token or session was last used, in ms. */
export interface LastUse {
  readonly credential: Credential
  readonly at: number
}
