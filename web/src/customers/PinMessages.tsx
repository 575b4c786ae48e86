import type { PinChange } from '@doorstep/contract/pin-changes'
import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import {
  type Customer,
  type CustomerKey,
  type KnownRecord,
  pinProposalsQuery,
  pinSuggestionsQuery,
} from '../api/customers.ts'
import { sessionQuery } from '../api/queries.ts'
import { useMayReview, useUserName } from '../api/users.ts'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { texts } from '../texts/texts.ts'
import { decideProposal, dismissSuggestion, moveAndJudge, movePin, pointOf } from './pin-writes.ts'
import { metresBetween } from './places.ts'
import type { Rights } from './use-rights.ts'

const words = texts.customer

/** Where the last visits agree that this customer is. */
export function useSuggestion({ type, id }: CustomerKey): PinSuggestion | undefined {
  const { data = [] } = useQuery(pinSuggestionsQuery)
  return data.find((each) => each.resource_type === type && each.resource_id === id)
}

interface PinMessagesProps {
  readonly customer: Customer
  readonly known: KnownRecord | undefined
  readonly suggestion: PinSuggestion | undefined
  readonly rights: Rights
  readonly onCompare: () => void
}

function Suggestion(props: PinMessagesProps & { readonly suggestion: PinSuggestion }) {
  const { customer, known, suggestion, rights, onCompare } = props
  const [isDecided, setIsDecided] = useState(false)
  const key: CustomerKey = { type: customer.resource_type, id: customer.id }
  if (isDecided) return null
  const decide = (how: typeof moveAndJudge | typeof dismissSuggestion) => {
    setIsDecided(true)
    const back = () => setIsDecided(false)
    if (how === moveAndJudge) moveAndJudge(key, suggestion, words.suggestion.accepted, back)
    else dismissSuggestion(key, suggestion, back)
  }
  const accept = () => {
    if (rights.isAdmin) decide(moveAndJudge)
    else if (known) void movePin(key, known, suggestion, rights.mayMove)
  }
  return (
    <Message kind="warning">
      <p>
        <b>{words.suggestion.title(suggestion.distance_m)}</b>{' '}
        {words.suggestion.help(suggestion.visits)}{' '}
        <button type="button" className="link" onClick={onCompare}>
          {words.suggestion.compare}
        </button>
      </p>
      {rights.mayMove && (
        <p className="actions">
          <Button size="small" onClick={accept}>
            {words.suggestion.accept}
          </Button>
          {rights.isAdmin && (
            <Button kind="ghost" size="small" onClick={() => decide(dismissSuggestion)}>
              {words.suggestion.dismiss}
            </Button>
          )}
        </p>
      )}
    </Message>
  )
}

interface ProposalProps {
  readonly proposal: PinChange
  readonly customer: Customer
}

function Proposal({ proposal, customer }: ProposalProps) {
  const { data: session } = useQuery(sessionQuery)
  const mayReview = useMayReview()
  const name = useUserName()(proposal.creator_id) ?? texts.visits.unknownRep
  const isOwn = session?.user.id === proposal.creator_id
  const mayDecide = session?.user.role === 'admin' || mayReview(proposal.creator_id)
  const saved = pointOf(customer)
  const m = saved ? metresBetween(saved, proposal) : null
  return (
    <Message kind="info">
      <p>
        <b>{isOwn ? words.proposal.own(m) : words.proposal.title(name, m)}</b>
        {proposal.note && ` ${proposal.note}`}
      </p>
      {mayDecide && (
        <p className="actions">
          <Button size="small" onClick={() => decideProposal(proposal, 'approved')}>
            {words.proposal.approve}
          </Button>
          <Button kind="ghost" size="small" onClick={() => decideProposal(proposal, 'rejected')}>
            {words.proposal.reject}
          </Button>
        </p>
      )}
    </Message>
  )
}

/** That the pin may be wrong: by the visits, or by somebody who was there. */
export function PinMessages(props: PinMessagesProps) {
  const { customer, suggestion } = props
  const { data: proposals = [] } = useQuery(pinProposalsQuery)
  const here = proposals.filter(
    ({ resource_type: type, resource_id: id }) =>
      type === customer.resource_type && id === customer.id,
  )
  return (
    <>
      {suggestion && <Suggestion {...props} suggestion={suggestion} />}
      {here.map((proposal) => (
        <Proposal key={proposal.id} proposal={proposal} customer={customer} />
      ))}
    </>
  )
}
