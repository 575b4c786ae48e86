import type { Import } from '@doorstep/contract/imports'
import { Check, CircleDashed, CirclePause } from 'lucide-react'

import { Meter } from '../parts/Meter.tsx'
import { elapsed, imports } from '../texts/en/imports.ts'
import { count } from '../texts/format.ts'
import { isUnread, type Phase, type PhaseName, phasesOf, readOf } from './phases.ts'

const { phases } = imports

interface PhasesProps {
  readonly so: Import
}

function countOf(so: Import, name: PhaseName): string {
  const { counts, expected, second_look: look } = so
  if (name === 'people') {
    return phases.peopleCount(readOf(so, 'visit_outcomes'), readOf(so, 'users'))
  }
  if (name === 'visits') return phases.visitsCount(readOf(so, 'visits'), expected)
  if (name === 'changes') return phases.changesCount(counts.events, so.phase === 'done')
  if (name === 'second') return phases.ranges(look.checked, look.ranges)
  if (isUnread(so, name)) return phases.notGiven
  return count(readOf(so, name))
}

const icons = {
  done: <Check aria-hidden="true" />,
  running: <CircleDashed aria-hidden="true" />,
  stopped: <CirclePause aria-hidden="true" />,
  todo: <i aria-hidden="true" />,
} as const

const Row = ({ so, phase }: PhasesProps & { readonly phase: Phase }) => (
  <li data-state={phase.state}>
    <span className="mark">{icons[phase.state]}</span>
    <span dir="auto" className="name ellipsis">
      {phases[phase.name]}
      <span className="unseen">{`, ${phases.states[phase.state]}`}</span>
    </span>
    <Meter name={phases[phase.name]} share={phase.share} />
    <span className="amount num">{phase.state === 'todo' ? '' : countOf(so, phase.name)}</span>
    <span className="took num faint">
      {phase.state !== 'todo' && phase.seconds !== null && elapsed(phase.seconds)}
    </span>
  </li>
)

/** The six phases, each with how far it is. */
export const Phases = ({ so }: PhasesProps) => (
  <ol className="phases" aria-label={phases.title}>
    {phasesOf(so).map((phase) => (
      <Row key={phase.name} so={so} phase={phase} />
    ))}
  </ol>
)
