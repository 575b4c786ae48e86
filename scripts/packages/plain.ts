import type { BodyOf, FormOf, Operation, QueryOf } from '@doorstep/contract/operations'
import type { Static, TSchema } from 'typebox'

// `client-types.ts` compiles this file. Declarations cannot name what is inside of a function, so the
// compiler prints what `Plain` comes to, in full.
function make() {
  type Plain<T> = T extends object ? { [Key in keyof T]: Plain<T[Key]> } : T
  type AnswerOf<Op> = Op extends { readonly answer: infer Answer extends TSchema }
    ? Static<Answer>
    : never
  type Types<Op extends Operation> = {
    readonly query: QueryOf<Op>
    readonly body: BodyOf<Op>
    readonly form: FormOf<Op>
    readonly answer: AnswerOf<Op>
  }
  type PlainOperation<Op extends Operation> = {
    readonly [Key in Extract<keyof Op, keyof Types<Op>>]: Plain<Types<Op>[Key]>
  }
  return <T>(): T extends Operation ? PlainOperation<T> : Plain<T> => {
    throw new Error('This never runs.')
  }
}

/** Something of this type, without schemas; an operation as the types of its schemas. Never called. */
export const plain = make()
