import type { Visit } from '@doorstep/contract/visits'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { reviewCountsQuery } from '../api/review-counts.ts'
import { sessionQuery } from '../api/sessions.ts'
import { visitHistoryQuery } from '../api/visit-history.ts'
import { heldReviews } from '../api/visit-reviews.ts'
import { patchVisit } from '../api/visits.ts'
import { holdBack } from '../parts/hold-back.ts'
import { sendEach } from '../parts/send-each.ts'
import { say } from '../parts/toasts.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { keepNote } from './review-notes.ts'

export type Decision = 'kept' | 'dismissed'

const show = (visit: Visit, review: Visit['review']) =>
  patchVisit(visit.id, (shown) => ({ ...shown, review: review ?? null }))

interface Decided {
  readonly visits: readonly Visit[]
  readonly state: Decision
  readonly note: string | null
}

/** Shows again what was before, and the note that belonged to it. */
function showBefore(visits: readonly Visit[], note: string | null): void {
  heldReviews.drop(visits.map(({ id }) => id))
  for (const visit of visits) {
    show(visit, visit.review)
    if (note !== null) keepNote(visit.id, note)
  }
}

async function send({ visits, state, note }: Decided): Promise<void> {
  let why: string | undefined
  await sendEach(visits, async (visit) => {
    try {
      const { data } = await client.visits.review(visit.id, { state, note })
      heldReviews.drop([visit.id])
      show(visit, { state: data.state, note: data.note, by: data.by, at: data.at })
    } catch (error) {
      why = problemOf(error, texts.parts.tryAgain)
      showBefore([visit], note)
    }
    void queryClient.invalidateQueries({ queryKey: visitHistoryQuery(visit.id).queryKey })
  })
  if (why !== undefined) say(texts.review.failed(why))
  void queryClient.invalidateQueries({ queryKey: ['visits', 'total'] })
  void queryClient.invalidateQueries({ queryKey: reviewCountsQuery.queryKey })
}

/** Keeps or dismisses visits. A review cannot be taken back at the server. */
export function decide(
  visits: readonly Visit[],
  state: Decision,
  note: string | null = null,
): void {
  const me = queryClient.getQueryData(sessionQuery.queryKey)?.user.id ?? null
  const review = { state, note, by: me, at: new Date().toISOString() }
  heldReviews.hold(visits.map(({ id }) => [id, review]))
  for (const visit of visits) show(visit, review)
  holdBack({
    done: texts.review.done(state, visits.length),
    send: () => send({ visits, state, note }),
    size: visits.length,
    undo: () => showBefore(visits, note),
  })
}
