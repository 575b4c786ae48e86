import type { Visit } from '@doorstep/contract/visits'

import { client } from '../api/client.ts'
import { reviewCountsQuery, sessionQuery } from '../api/queries.ts'
import { queryClient } from '../api/query-client.ts'
import { patchVisit, visitHistoryQuery } from '../api/visits.ts'
import { offerUndo, say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'

export type Decision = 'kept' | 'dismissed'

/** As long as undo is offered: a review cannot be taken back at the server. */
const undoMs = 8_000

interface Waiting {
  readonly send: () => Promise<void>
  readonly timer: ReturnType<typeof setTimeout>
}
const waiting = new Set<Waiting>()

function sendAll(): void {
  for (const each of waiting) {
    clearTimeout(each.timer)
    void each.send()
  }
}

// A page that goes away sends what it still holds back.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') sendAll()
})

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

/** Keeps or dismisses visits: at once on the screen, at the server when undo is over. */
export function decide(
  visits: readonly Visit[],
  state: Decision,
  note: string | null = null,
): void {
  const me = queryClient.getQueryData(sessionQuery.queryKey)?.user.id ?? null
  const at = new Date().toISOString()
  for (const visit of visits) show(visit, { state, note, by: me, at })
  const entry: Waiting = {
    send: async () => {
      waiting.delete(entry)
      await send(visits, state, note)
    },
    timer: setTimeout(() => void entry.send(), undoMs),
  }
  waiting.add(entry)
  offerUndo(texts.review.done(state, visits.length), () => {
    if (!waiting.delete(entry)) return
    clearTimeout(entry.timer)
    for (const visit of visits) show(visit, visit.review)
  })
}
