import type { Import } from '@doorstep/contract/imports'
import { Check, CircleDashed, CirclePause } from 'lucide-react'

import { Meter } from '../parts/Meter.tsx'
import { elapsed, imports } from '../texts/en/imports.ts'
import { count } from '../texts/format.ts'
import { isUnread, type Phase, type PhaseName, phasesOf, readOf } from './phases.ts'

const { phases } = imports

interface PhasesProps {
  readonly sellImport: Import
}

function countOf(sellImport: Import, name: PhaseName): string {
  const { counts, expected, second_look: look } = sellImport
  if (name === 'people') {
    return phases.peopleCount(readOf(sellImport, 'visit_outcomes'), readOf(sellImport, 'users'))
  }
  if (name === 'visits') return phases.visitsCount(readOf(sellImport, 'visits'), expected)
  if (name === 'changes') return phases.changesCount(counts.events, sellImport.phase === 'done')
  if (name === 'second') return phases.ranges(look.checked, look.ranges)
  if (isUnread(sellImport, name)) return phases.notGiven
  return count(readOf(sellImport, name))
}

const icons = {
  done: <Check aria-hidden="true" />,
  running: <CircleDashed aria-hidden="true" />,
  stopped: <CirclePause aria-hidden="true" />,
  todo: <i aria-hidden="true" />,
} as const

const Row = ({ sellImport, phase }: PhasesProps & { readonly phase: Phase }) => (
  <li data-state={phase.state}>
    <span className="mark">{icons[phase.state]}</span>
    <span dir="auto" className="name ellipsis">
      {phases[phase.name]}
      <span className="unseen">{`, ${phases.states[phase.state]}`}</span>
    </span>
    <Meter name={phases[phase.name]} share={phase.share} />
    <span className="amount num">
      {phase.state === 'todo' ? '' : countOf(sellImport, phase.name)}
    </span>
    <span className="took num faint">
      {phase.state !== 'todo' && phase.seconds !== null && elapsed(phase.seconds)}
    </span>
  </li>
)

/** The six phases, each with how far it is. */
export const Phases = ({ sellImport }: PhasesProps) => (
  <ol className="phases" aria-label={phases.title}>
    {phasesOf(sellImport).map((phase) => (
      <Row key={phase.name} sellImport={sellImport} phase={phase} />
    ))}
  </ol>
)
