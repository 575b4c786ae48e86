import { Link } from '@tanstack/react-router'
import { GripVertical } from 'lucide-react'
import type { KeyboardEvent } from 'react'

import type { KnownOutcome } from '../../api/visit-outcomes.ts'
import { classes } from '../../parts/classes.ts'
import { OutcomeDisc } from '../../parts/Outcome.tsx'
import { Switch } from '../../parts/Switch.tsx'
import { Tag } from '../../parts/Tag.tsx'
import { count } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { useIsAdmin } from '../AdminsOnly.tsx'
import type { Reorder } from './use-reorder.ts'

const { visitOutcomes: words } = texts

interface Order {
  readonly grip: ReturnType<Reorder['gripOf']>
  readonly draggedPx: number | undefined
  readonly onStep: (by: number) => void
  readonly onCancel: () => void
}

interface OutcomeRowProps {
  readonly outcome: KnownOutcome
  readonly visits: number | undefined
  readonly isSelected: boolean
  /** The name of the outcome that looks too much like it. */
  readonly tooCloseTo?: string | undefined
  readonly onSelect: () => void
  readonly onActive: (isActive: boolean) => void
  /** Where rows have an order: their grip, and how far it was dragged. */
  readonly order?: Order | undefined
}

function Grip({ outcome, order }: Pick<OutcomeRowProps, 'outcome' | 'order'>) {
  if (!order) return <span />
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (event.key === 'Escape') order.onCancel()
    if (by === undefined) return
    event.preventDefault()
    order.onStep(by)
  }
  return (
    <button
      type="button"
      className="grip"
      data-grip={outcome.id}
      aria-label={words.move(outcome.name)}
      title={words.moveHelp}
      onKeyDown={onKeyDown}
      {...order.grip}
    >
      <GripVertical aria-hidden="true" />
    </button>
  )
}

export function OutcomeRow(props: OutcomeRowProps) {
  const { outcome, visits, isSelected, tooCloseTo, onSelect, onActive, order } = props
  const isAdmin = useIsAdmin()
  const draggedPx = order?.draggedPx
  return (
    <li
      className={classes(isSelected && 'selected', draggedPx !== undefined && 'dragged')}
      style={draggedPx === undefined ? undefined : { translate: `0 ${draggedPx}px` }}
    >
      <Grip outcome={outcome} order={isAdmin ? order : undefined} />
      <OutcomeDisc outcome={outcome} />
      <span className="name">
        {isAdmin ? (
          <button
            type="button"
            dir="auto"
            className="ellipsis"
            aria-pressed={isSelected}
            onClick={onSelect}
          >
            {outcome.name}
          </button>
        ) : (
          <b dir="auto" className="ellipsis">
            {outcome.name}
          </b>
        )}
        {tooCloseTo !== undefined && <Tag kind="warning">{words.tooCloseTo(tooCloseTo)}</Tag>}
      </span>
      <span className="visits num">
        {visits !== undefined && visits > 0 ? (
          <Link className="link" to="/visits" search={{ outcome: [outcome.id] }}>
            {count(visits)}
            <span className="unseen">{` ${words.visitsOf(outcome.name)}`}</span>
          </Link>
        ) : (
          <span className="faint">{visits === undefined ? '' : count(0)}</span>
        )}
      </span>
      <Switch
        name={words.isActive(outcome.name)}
        isOn={outcome.isActive}
        isDisabled={!isAdmin}
        onChange={onActive}
      />
    </li>
  )
}
