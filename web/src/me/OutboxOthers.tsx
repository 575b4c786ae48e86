import { Link } from '@tanstack/react-router'
import { CalendarDays, ChevronRight, Eye, MapPin, Pencil, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'

import { findMine } from '../api/my-visits.ts'
import { useManager } from '../api/use-manager.ts'
import type { ChangedPlan } from '../offline/changed-plans.ts'
import type { ChangedVisit } from '../offline/changed-visits.ts'
import { dropPlan } from '../offline/plans.ts'
import { dropProposal } from '../offline/proposals.ts'
import { isRequest } from '../offline/unsent.ts'
import { dropVisitChange } from '../offline/visit-changes.ts'
import type { Proposal } from '../offline/waiting-pins.ts'
import { offerUndo } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { whenOf } from '../texts/when.ts'
import { dayNameOf } from './DayOfVisits.tsx'

const { outbox } = texts

/** Gives something up at once; for 8 s it can be had back. */
async function discard(drop: () => Promise<() => Promise<void>>, about: string): Promise<void> {
  const putBack = await drop()
  offerUndo(outbox.discarded, () => void putBack(), { about })
}

interface WhatProps {
  readonly icon: ReactNode
  readonly what: string
  readonly line: string
}

const What = ({ icon, what, line }: WhatProps) => (
  <>
    <i className="pin-disc" aria-hidden="true">
      {icon}
    </i>
    <span className="what">
      <b>{what}</b>
      <span className="line">{line}</span>
    </span>
  </>
)

const Item = ({ onDiscard, ...what }: WhatProps & { readonly onDiscard: () => void }) => (
  <div className="phone-row">
    <What {...what} />
    <button
      type="button"
      className="plain-button"
      aria-label={`${outbox.discard}: ${what.what}, ${what.line}`}
      onClick={onDiscard}
    >
      <Trash2 aria-hidden="true" />
    </button>
  </div>
)

/** A pin that waits, or that the server refused. */
export function ProposalItem({ proposal }: { readonly proposal: Proposal }) {
  const manager = useManager()
  const { name, problem } = proposal
  return (
    <Item
      icon={<MapPin />}
      what={outbox.pin}
      line={problem === null ? outbox.pinFor(name, manager) : outbox.pinRefused(problem)}
      onDiscard={() => void discard(() => dropProposal(proposal), name)}
    />
  )
}

interface ChangeProps {
  readonly changed: ChangedVisit
}

/** Of which visit, as far as this phone knows it. */
function lineOf({ id }: ChangedVisit): string {
  const visit = findMine(id)
  const name = visit?.resource?.name ?? texts.waiting.unknown
  return visit ? outbox.changeOf(name, whenOf(visit.visited_at)) : name
}

function Change({ changed }: ChangeProps) {
  const Icon = isRequest(changed) ? Eye : Pencil
  const what = isRequest(changed) ? outbox.request : outbox.edit
  return <What icon={<Icon />} what={what} line={lineOf(changed)} />
}

/** An edit of a visit, or a request for its review, that waits. */
export const ChangeItem = ({ changed }: ChangeProps) => (
  <Link className="phone-row" to="/my-visits/$id" params={{ id: String(changed.id) }}>
    <Change changed={changed} />
    <ChevronRight className="further" aria-hidden="true" />
  </Link>
)

/** One that the server refused: why, and the two ways on. */
export const ChangeNeedsYou = ({ changed }: ChangeProps) => (
  <article className="phone-list needs-you" aria-label={lineOf(changed)}>
    <div className="phone-row">
      <Change changed={changed} />
    </div>
    <p>{outbox.changeRefused(changed.problem ?? '')}</p>
    <div className="outbox-ways">
      <button
        type="button"
        className="outbox-way danger"
        onClick={() => void discard(() => dropVisitChange(changed), lineOf(changed))}
      >
        {outbox.discard}
      </button>
      <Link className="outbox-way primary" to="/my-visits/$id" params={{ id: String(changed.id) }}>
        {outbox.openVisit}
      </Link>
    </div>
  </article>
)

/** A plan that waits. */
export function PlanItem({ plan }: { readonly plan: ChangedPlan }) {
  const line = outbox.planOf(dayNameOf(plan.date), plan.stops.length)
  return (
    <Item
      icon={<CalendarDays />}
      what={outbox.plan}
      line={line}
      onDiscard={() => void discard(() => dropPlan(plan), line)}
    />
  )
}
