import type { Operation, QueryOf } from '@doorstep/contract/operations'

/** The answer of an operation. `QueryOf` of the contract gives the type of any schema. */
export type AnswerOf<Op extends { readonly answer: Operation['query'] }> = QueryOf<
  Omit<Operation, 'query'> & { readonly query: Op['answer'] }
>
