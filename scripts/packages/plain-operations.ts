// Of the package of the SDK, in place of the contract's `operations.ts`.

/** An operation of the API, as the types of what it takes and answers. */
export interface Operation {
  readonly query: unknown
  readonly body?: unknown
  readonly form?: unknown
  readonly answer?: unknown
}

/** The parameters of an operation. */
export type QueryOf<Op extends Operation> = Op['query']

/** The attributes of an operation's body. */
export type BodyOf<Op extends Operation> = Op extends { readonly body: infer Body }
  ? Body
  : undefined

/** The attributes in the form of an operation. */
export type FormOf<Op extends Operation> = Op extends { readonly form: infer Form } ? Form : never
