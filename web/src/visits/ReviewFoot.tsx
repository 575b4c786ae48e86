import './review-foot.css'
import type { Visit } from '@doorstep/contract/visits'
import { useMutation, useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useMayReview, useUserName } from '../api/users.ts'
import { patchVisit } from '../api/visits.ts'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { TextField } from '../parts/TextField.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { dropNote, keepNote, useNote } from './review-notes.ts'
import { type Decision, decide } from './visit-reviews.ts'

const { review, visit: words } = texts

interface ReviewFootProps {
  readonly visit: Visit
  /** Whether E and D are for this visit, and not for those that are selected. */
  readonly hasKeys?: boolean | undefined
  readonly onDecided?: (() => void) | undefined
}

/** A manager keeps or dismisses; the rep may ask for it. Nobody else sees it. */
export function ReviewFoot({ visit, hasKeys = true, onDecided }: ReviewFootProps) {
  const { data: session } = useQuery(sessionQuery)
  const mayReview = useMayReview()(visit.creator_id)
  const userName = useUserName()
  const note = useNote(visit.id)
  const ask = useMutation({
    mutationFn: () => client.visits.review(visit.id, { state: 'asked' }),
    onSuccess: ({ data: { state, note: said, by, at } }) =>
      patchVisit(visit.id, (shown) => ({ ...shown, review: { state, note: said, by, at } })),
  })
  const run = (decision: Decision) => {
    if (!mayReview) return
    decide([visit], decision, note.trim() || null)
    dropNote(visit.id)
    onDecided?.()
  }
  useKeys(hasKeys ? { e: () => run('kept'), d: () => run('dismissed') } : {})
  const state = visit.review?.state
  const decided = state === 'kept' || state === 'dismissed' ? state : undefined
  if (!mayReview) {
    if (
      session?.user.id !== visit.creator_id ||
      visit.rep_location_verification_status === 'verified'
    )
      return null
    return (
      <footer className="review-foot">
        {state === 'open' && visit.review?.by ? (
          <p className="muted">{words.asked}</p>
        ) : (
          <Button isWide disabled={ask.isPending} onClick={() => ask.mutate()}>
            {words.ask}
          </Button>
        )}
        {ask.error && <Message kind="trouble">{problemOf(ask.error, words.notAsked)}</Message>}
      </footer>
    )
  }
  return (
    <footer className="review-foot">
      {decided && (
        <p className="small">
          <b>{words.reviewed(decided, userName(visit.review?.by ?? null) ?? words.somebody)}</b>
          {visit.review?.note ? ` ${visit.review.note}` : ''}
        </p>
      )}
      <TextField
        label={review.note}
        placeholder={review.notePlaceholder}
        value={note}
        onText={(text) => keepNote(visit.id, text)}
        maxLength={1000}
      />
      <div className="actions">
        <Button hint={hasKeys ? 'D' : undefined} onClick={() => run('dismissed')}>
          {review.dismiss}
        </Button>
        <Button
          kind={hasKeys ? 'primary' : 'quiet'}
          hint={hasKeys ? 'E' : undefined}
          onClick={() => run('kept')}
        >
          {review.keep}
        </Button>
      </div>
      <p className="faint small">{words.opinion}</p>
    </footer>
  )
}
