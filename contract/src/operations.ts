import type { Static, TObject, TSchema } from 'typebox'

export const scopes = ['read', 'write', 'profile', 'sync'] as const
export type Scope = (typeof scopes)[number]

/** One thing that a client can ask for, as data: routes, the SDK and OpenAPI are made from it. */
export interface Operation {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The path as OpenAPI writes it, without parameters in braces but as `:id`. */
  readonly path: `/v2/${string}` | `/v3/${string}`
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** Those that the token needs, all of them; null: it needs no token. */
  readonly scopes: readonly Scope[] | null
  readonly isForAdmins?: boolean
  readonly params?: TObject
  readonly query: TObject
  /** What a body is about, and the attributes of its `data`. */
  readonly resource?: string
  readonly body?: TObject
  /** Pointers into the body's `data` that do not count when a request is repeated with its key. */
  readonly beyondKey?: readonly `/${string}`[]
  /** Of a success; without it, 204. */
  readonly answer?: TSchema
}

/** The query of an operation after it has been read: defaults filled in, numbers as numbers. */
export type QueryOf<Op extends Operation> = Static<Op['query']>

/** The attributes of an operation's body after they have been read. */
export type BodyOf<Op extends Operation> = Op extends { readonly body: infer Body extends TObject }
  ? Static<Body>
  : undefined
