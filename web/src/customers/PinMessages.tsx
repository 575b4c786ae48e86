import type { PinChange } from '@doorstep/contract/pin-changes'
import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import { useQuery } from '@tanstack/react-query'

import { heldFixes } from '../addresses/held.ts'
import { type Customer, type CustomerKey, nameOf } from '../api/customers.ts'
import { pinProposalsQuery } from '../api/pin-changes.ts'
import { pinSuggestionsQuery } from '../api/pin-suggestions.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useMayReview, useUserName } from '../api/users.ts'
import { metresBetween } from '../map/places.ts'
import { Button } from '../parts/Button.tsx'
import { useHeld } from '../parts/held.ts'
import { Message } from '../parts/Message.tsx'
import { texts } from '../texts/texts.ts'
import { dismissSuggestion, moveAndJudge, pointOf } from './pin-changes.ts'
import { decidePin, heldPins } from './pin-decisions.ts'
import type { Rights } from './use-rights.ts'

const words = texts.customer

/** Where the last visits agree that this customer is. */
export function useSuggestion({ type, id }: CustomerKey): PinSuggestion | undefined {
  const { data = [] } = useQuery(pinSuggestionsQuery)
  return data.find((each) => each.resource_type === type && each.resource_id === id)
}

/** Where users say that this customer is, until somebody decides. */
export function useProposals({ type, id }: CustomerKey): readonly PinChange[] {
  const { data: proposals = [] } = useQuery(pinProposalsQuery)
  const held = useHeld(heldPins)
  return proposals.filter(
    (each) => each.resource_type === type && each.resource_id === id && !held.has(each.id),
  )
}

interface PinMessagesProps {
  readonly customer: Customer
  readonly suggestion: PinSuggestion | undefined
  readonly rights: Rights
  readonly onCompare: () => void
}

function Suggestion(props: PinMessagesProps & { readonly suggestion: PinSuggestion }) {
  const { customer, suggestion, rights, onCompare } = props
  const held = useHeld(heldFixes)
  const key: CustomerKey = { type: customer.resource_type, id: customer.id }
  if (held.has(`${key.type}.${key.id}`)) return null
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
          <Button size="small" onClick={() => moveAndJudge(key, suggestion)}>
            {words.suggestion.accept}
          </Button>
          <Button kind="ghost" size="small" onClick={() => dismissSuggestion(key, suggestion)}>
            {words.suggestion.dismiss}
          </Button>
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
        {proposal.note && ` ${texts.parts.quoted(proposal.note)}`}
      </p>
      {mayDecide && (
        <p className="actions">
          <Button size="small" onClick={() => decidePin(proposal, nameOf(customer), true)}>
            {words.proposal.approve}
          </Button>
          <Button
            kind="ghost"
            size="small"
            onClick={() => decidePin(proposal, nameOf(customer), false)}
          >
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
  const here = useProposals({ type: customer.resource_type, id: customer.id })
  return (
    <>
      {suggestion && <Suggestion {...props} suggestion={suggestion} />}
      {here.map((proposal) => (
        <Proposal key={proposal.id} proposal={proposal} customer={customer} />
      ))}
    </>
  )
}
