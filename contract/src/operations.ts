import type { Static, TObject, TSchema } from 'typebox'

export const scopes = ['read', 'write', 'profile', 'sync'] as const
export type Scope = (typeof scopes)[number]

/**
 * One operation of the API as data. Schemas, checks and OpenAPI are derived from it;
 * `http/operations/` and the SDK, written by hand, name each operation.
 */
export interface Operation {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As in OpenAPI, but with `:id` instead of `{id}`. */
  readonly path: `/v2/${string}` | `/v3/${string}`
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** The token needs all of them; null: the operation needs no token. */
  readonly scopes: readonly Scope[] | null
  readonly isForAdmins?: boolean
  readonly params?: TObject
  readonly query: TObject
  /** The name of the resource in errors about the body. */
  readonly resource?: string
  /** The attributes in the body's `data`. */
  readonly body?: TObject
  /**
   * Instead of a body in JSON: multipart/form-data with these attributes as JSON in `options`, followed
   * by at least one `file`.
   */
  readonly form?: TObject
  /** Pointers into the body's `data` that are not compared when a request repeats its key. */
  readonly beyondKey?: readonly `/${string}`[]
  /** The body of a success; without it, success is 204. */
  readonly answer?: TSchema
  /** Instead of an answer in JSON: the media types of the file that a success is. */
  readonly files?: readonly string[]
}

/** The parsed query of an operation: defaults filled in, numbers as numbers. */
export type QueryOf<Op extends Operation> = Static<Op['query']>

/** The parsed attributes of an operation's body. */
export type BodyOf<Op extends Operation> = Op extends { readonly body: infer Body extends TObject }
  ? Static<Body>
  : undefined

/** The parsed attributes in the form of an operation. */
export type FormOf<Op extends Operation> = Op extends { readonly form: infer Form extends TObject }
  ? Static<Form>
  : never
