/** A request that is over. Nothing of it names a person, a place or what was searched for. */
export interface Answered {
  readonly method: string
  /** As in the API's description, as `listVisits`; of anything else its route, `page` or `none`. */
  readonly operation: string
  /** 499: the client hung up before it had the whole answer. */
  readonly status: number
  readonly ms: number
  /** Of the answer with its headers, as sent. */
  readonly bytes: number
  /** null: nobody, or nobody known. */
  readonly userId: number | null
  readonly requestId: string
  /** The header of W3C Trace Context, as sent. */
  readonly traceParent: string | undefined
}

export type OnAnswered = (answered: Answered) => void
