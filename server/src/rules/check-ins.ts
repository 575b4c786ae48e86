import type { Actor } from '../domain/actor.ts'
import type { Store } from '../domain/store.ts'
import { printWrittenVisit } from '../domain/visit-items.ts'
import { answerOnce, isAnswered, type Once, type OnceAnswer } from './idempotency.ts'
import { findReferences, type ReferenceProblem } from './visit-references.ts'
import { logVisit, type VisitDraft } from './visits.ts'

/** A request to log a visit, as plain data that can be sent to another thread. */
export interface CheckIn {
  readonly actor: Actor
  readonly draft: VisitDraft
  /** undefined: the request has no idempotency key. */
  readonly once: Once | undefined
  /** Whether the answer includes the verdict with its evidence. */
  readonly includesVerification: boolean
  /** When the request arrived, in ms. */
  readonly now: number
}

/** The answer. If there are problems, nothing was logged and `body` is empty. */
export interface CheckInResult extends OnceAnswer {
  readonly problems: readonly ReferenceProblem[]
}

/** Logs a visit, in this thread or another one. */
export type LogCheckIn = (checkIn: CheckIn) => Promise<CheckInResult>

/** Logs a visit in one transaction, with its event and the stored answer for its key. */
export async function logCheckIn(
  store: Pick<Store, 'write'>,
  newEventId: () => string,
  { actor, draft, once, includesVerification, now }: CheckIn,
): Promise<CheckInResult> {
  let problems: readonly ReferenceProblem[] = []
  const answer = await store.write(
    actor.accountKey,
    (tx) => {
      problems = []
      return answerOnce(tx, actor.userId, once, now, async () => {
        const references = await findReferences(tx, draft)
        problems = references.problems
        if (problems.length > 0) return undefined
        const visit = await logVisit(tx, actor, draft, references, { now, newEventId })
        return printWrittenVisit(visit, await tx.events.assignOffsets(), includesVerification)
      })
    },
    { isRepeatable: true },
  )
  return { ...answer, problems }
}

const trustedMax = 10_000

/**
 * Refuses a draft with wrong references before it takes a write turn. A user whose last draft was
 * logged is trusted: looking up the references of every draft twice slows check-ins by a tenth.
 */
export function refuseEarly(store: Pick<Store, 'read'>, log: LogCheckIn): LogCheckIn {
  const trusted = new Set<string>()
  return async (checkIn) => {
    const { actor, draft, once } = checkIn
    const user = `${actor.accountKey} ${actor.userId}`
    if (!trusted.has(user)) {
      const problems = await store.read(actor.accountKey, async (queries) =>
        (await isAnswered(queries, actor.userId, once))
          ? []
          : (await findReferences(queries, draft)).problems,
      )
      if (problems.length > 0) return { body: '', isReplayed: false, problems }
    }
    const result = await log(checkIn)
    if (result.problems.length > 0) {
      trusted.delete(user)
    } else {
      if (trusted.size >= trustedMax) trusted.clear()
      trusted.add(user)
    }
    return result
  }
}
