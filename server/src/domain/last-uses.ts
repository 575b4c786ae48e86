export type Credential = { readonly tokenId: number } | { readonly sessionHash: string }

/** When a token or session was last used, in ms. */
export interface LastUse {
  readonly credential: Credential
  readonly at: number
}
