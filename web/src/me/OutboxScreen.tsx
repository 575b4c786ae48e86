import './phone-screen.css'
import './outbox.css'
import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'

import type { OutboxRow } from '../offline/database.ts'
import { useSafety } from '../offline/safety.ts'
import { countUnsent } from '../offline/unsent.ts'
import { useOutbox, usePhoneStore } from '../offline/use-outbox.ts'
import { useUnsent } from '../offline/use-unsent.ts'
import type { Proposal } from '../offline/waiting-pins.ts'
import { FindingIcon, type FindingKind } from '../parts/FindingIcon.tsx'
import { useTitle } from '../parts/use-title.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { InTab } from './InTab.tsx'
import { OutboxFoot } from './OutboxFoot.tsx'
import { NeedsYou, OutboxItem } from './OutboxItem.tsx'
import { ChangeItem, ChangeNeedsYou, PlanItem, ProposalItem } from './OutboxOthers.tsx'

const { outbox, screens } = texts

interface SectionProps {
  readonly kind: FindingKind
  readonly title: string
  readonly length: number
  readonly children: React.ReactNode
}

const Section = ({ kind, title, length, children }: SectionProps) =>
  length > 0 && (
    <section className="outbox-part" aria-label={title}>
      <h2>
        <span className={`finding ${kind}`}>
          <FindingIcon kind={kind} size={20} />
        </span>
        {title}
        <span className="count num">{count(length)}</span>
      </h2>
      {children}
    </section>
  )

const keyed = (rows: readonly OutboxRow[]) =>
  rows.map((row) => <OutboxItem key={row.key} row={row} />)

const pinItems = (pins: readonly Proposal[]) =>
  pins.map((proposal) => <ProposalItem key={proposal.key} proposal={proposal} />)

const EmptyOutbox = () => (
  <div className="outbox-empty">
    <b>{outbox.emptyTitle}</b>
    <p>{outbox.emptyHelp}</p>
  </div>
)

/** What this phone holds that the server does not have yet. Nothing of it goes away by itself. */
export function OutboxScreen() {
  useTitle(screens.outbox)
  const { rows, isSending } = useOutbox()
  const isOpened = usePhoneStore() !== undefined
  const unsentThings = useUnsent()
  const { all } = countUnsent(unsentThings)
  const safety = useSafety()
  const refused = rows.filter(({ refusal }) => refusal)
  const unsent = rows.filter(({ refusal }) => !refusal)
  const sending = isSending ? unsent.slice(0, 1) : []
  const waiting = unsent.slice(sending.length)
  const isRefused = ({ problem }: { readonly problem: string | null }) => problem !== null
  const { plans } = unsentThings
  const refusedChanges = unsentThings.changes.filter(isRefused)
  const changes = unsentThings.changes.filter((each) => !isRefused(each))
  const refusedPins = unsentThings.pins.filter(isRefused)
  const pins = unsentThings.pins.filter((each) => !isRefused(each))
  return (
    <div className="outbox">
      <div className="phone-page">
        <Link className="back-link" to="/me">
          <ChevronLeft aria-hidden="true" />
          {outbox.back}
        </Link>
        <h1>{screens.outbox}</h1>
        <p className="say">
          {safety === 'phone' && <b>{outbox.safe} </b>}
          {outbox.stays[safety]}
        </p>
        <InTab />
        {isOpened && all === 0 && <EmptyOutbox />}
        <Section
          kind="refused"
          title={outbox.needsYou}
          length={refused.length + refusedChanges.length + refusedPins.length}
        >
          {refused.map((row) => (
            <NeedsYou key={row.key} row={row} />
          ))}
          {refusedChanges.map((changed) => (
            <ChangeNeedsYou key={changed.id} changed={changed} />
          ))}
          {refusedPins.length > 0 && (
            <div className="phone-list needs-you">{pinItems(refusedPins)}</div>
          )}
        </Section>
        <Section kind="sending" title={outbox.sending} length={sending.length}>
          <div className="phone-list sending">{keyed(sending)}</div>
        </Section>
        <Section
          kind="waiting"
          title={outbox.waiting}
          length={waiting.length + changes.length + plans.length + pins.length}
        >
          <div className="phone-list">
            {keyed(waiting)}
            {changes.map((changed) => (
              <ChangeItem key={changed.id} changed={changed} />
            ))}
            {plans.map((plan) => (
              <PlanItem key={plan.date} plan={plan} />
            ))}
            {pinItems(pins)}
          </div>
        </Section>
      </div>
      <OutboxFoot isEmpty={isOpened && all === 0} />
    </div>
  )
}
