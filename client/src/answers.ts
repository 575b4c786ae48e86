import type { Operation, QueryOf } from '@doorstep/contract/operations'

/** What an operation answers. The contract's `QueryOf` gives the type of any of its schemas. */
export type AnswerOf<Op extends { readonly answer: Operation['query'] }> = QueryOf<
  Omit<Operation, 'query'> & { readonly query: Op['answer'] }
>
