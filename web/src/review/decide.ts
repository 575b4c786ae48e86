import type { Visit } from '@doorstep/contract/visits'

import { client } from '../api/client.ts'
import { reviewCountsQuery, sessionQuery } from '../api/queries.ts'
import { queryClient } from '../api/query-client.ts'
import { patchVisit, visitHistoryQuery } from '../api/visits.ts'
import { holdBack } from '../parts/hold-back.ts'
import { say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'

export type Decision = 'kept' | 'dismissed'

const show = (visit: Visit, review: Visit['review']) =>
  patchVisit(visit.id, (shown) => ({ ...shown, review: review ?? null }))

async function send(visits: readonly Visit[], state: Decision, note: string | null) {
  for (const visit of visits) {
    try {
      await client.visits.review(visit.id, { state, note })
    } catch (error) {
      show(visit, visit.review)
      say(texts.review.failed(error instanceof Error ? error.message : String(error)))
    }
    void queryClient.invalidateQueries({ queryKey: visitHistoryQuery(visit.id).queryKey })
  }
  void queryClient.invalidateQueries({ queryKey: reviewCountsQuery.queryKey })
}

/** Keeps or dismisses visits. A review cannot be taken back at the server. */
export function decide(
  visits: readonly Visit[],
  state: Decision,
  note: string | null = null,
): void {
  const me = queryClient.getQueryData(sessionQuery.queryKey)?.user.id ?? null
  const at = new Date().toISOString()
  for (const visit of visits) show(visit, { state, note, by: me, at })
  holdBack({
    done: texts.review.done(state, visits.length),
    send: () => send(visits, state, note),
    undo: () => {
      for (const visit of visits) show(visit, visit.review)
    },
  })
}
