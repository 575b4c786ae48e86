import './outbox.css'
import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'

import type { OutboxRow } from '../offline/database.ts'
import { useProposals } from '../offline/proposals.ts'
import { useOutbox, usePhoneStore } from '../offline/use-outbox.ts'
import { FindingIcon, type FindingKind } from '../parts/FindingIcon.tsx'
import { useTitle } from '../parts/use-title.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { OutboxFoot } from './OutboxFoot.tsx'
import { NeedsYou, OutboxItem, ProposalItem } from './OutboxItem.tsx'

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

/** What this phone holds that the server does not have yet. Nothing of it goes away by itself. */
export function OutboxScreen() {
  useTitle(screens.outbox)
  const { rows, isSending } = useOutbox()
  const isOpened = usePhoneStore() !== undefined
  const proposals = useProposals()
  const refused = rows.filter(({ refusal }) => refusal)
  const unsent = rows.filter(({ refusal }) => !refusal)
  const sending = isSending ? unsent.slice(0, 1) : []
  const waiting = unsent.slice(sending.length)
  const isEmpty = isOpened && rows.length + proposals.length === 0
  return (
    <div className="outbox">
      <div className="phone-page">
        <Link className="back-link" to="/me">
          <ChevronLeft aria-hidden="true" />
          {outbox.back}
        </Link>
        <h1>{screens.outbox}</h1>
        <p className="say">
          <b>{outbox.safe}</b> {outbox.safeHelp}
        </p>
        {isEmpty && (
          <div className="outbox-empty">
            <b>{outbox.emptyTitle}</b>
            <p>{outbox.emptyHelp}</p>
          </div>
        )}
        <Section kind="refused" title={outbox.needsYou} length={refused.length}>
          {refused.map((row) => (
            <NeedsYou key={row.key} row={row} />
          ))}
        </Section>
        <Section kind="sending" title={outbox.sending} length={sending.length}>
          <div className="phone-list sending">{keyed(sending)}</div>
        </Section>
        <Section kind="waiting" title={outbox.waiting} length={waiting.length + proposals.length}>
          <div className="phone-list">
            {keyed(waiting)}
            {proposals.map((proposal) => (
              <ProposalItem key={proposal.key} proposal={proposal} />
            ))}
          </div>
        </Section>
      </div>
      <OutboxFoot />
    </div>
  )
}
