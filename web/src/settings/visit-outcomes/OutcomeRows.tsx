import { useLayoutEffect, useRef, useState } from 'react'

import type { KnownOutcome } from '../../api/visit-outcomes.ts'
import { texts } from '../../texts/texts.ts'
import { useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { OutcomeRow } from './OutcomeRow.tsx'
import { closest } from './sight.ts'
import { useReorder } from './use-reorder.ts'

const { visitOutcomes: words } = texts

interface OutcomeRowsProps {
  readonly name: string
  readonly outcomes: readonly KnownOutcome[]
  readonly counts: ReadonlyMap<number, number> | undefined
  readonly selectedId: number | undefined
  readonly onSelect: (id: number) => void
  readonly onActive: (outcome: KnownOutcome, isActive: boolean) => void
  /** Where the order matters: puts an outcome at a place in this list. */
  readonly onMove?: (id: number, to: number) => void
}

/** Outcomes as rows; those that can be ordered are dragged, or moved by the arrow keys on their grips. */
export function OutcomeRows(props: OutcomeRowsProps) {
  const { name, outcomes, counts, selectedId, onSelect, onActive, onMove } = props
  const list = useRef<HTMLUListElement>(null)
  const [moved, setMoved] = useState<{ readonly id: number; readonly to: number }>()
  const move = (id: number, to: number) => {
    setMoved({ id, to })
    onMove?.(id, to)
  }
  const reorder = useReorder(outcomes.length, move)
  // A row that moves takes the focus along.
  const order = outcomes.map(({ id }) => id).join()
  useLayoutEffect(() => {
    if (moved) list.current?.querySelector<HTMLElement>(`[data-grip="${moved.id}"]`)?.focus()
  }, [order, moved])
  const isAdmin = useIsAdmin()
  const { dragged, dropAt } = reorder
  const said = outcomes.find(({ id }) => id === moved?.id)
  const colouredBefore = (at: number) =>
    onMove && isAdmin
      ? closest(outcomes[at] ?? { id: 0, color: '' }, outcomes.slice(0, at))
      : undefined
  return (
    <SettingsBox className="outcome-rows">
      <div className="head eyebrow">
        <span>{name}</span>
        <span className="visits">{words.visits}</span>
        <span>{words.active}</span>
      </div>
      <ul ref={list} aria-label={name}>
        {dragged && dropAt !== undefined && (
          <li className="drop-line" aria-hidden="true" style={{ top: dropAt * dragged.rowPx }} />
        )}
        {outcomes.map((outcome, at) => (
          <OutcomeRow
            key={outcome.id}
            outcome={outcome}
            visits={counts && (counts.get(outcome.id) ?? 0)}
            isSelected={outcome.id === selectedId}
            tooCloseTo={colouredBefore(at)?.other.name}
            onSelect={() => onSelect(outcome.id)}
            onActive={(isActive) => onActive(outcome, isActive)}
            {...(onMove && {
              order: {
                grip: reorder.gripOf(outcome.id, at),
                draggedPx: dragged?.id === outcome.id ? dragged.byPx : undefined,
                onCancel: reorder.cancel,
                onStep: (by) => {
                  const to = at + by
                  if (to >= 0 && to < outcomes.length) move(outcome.id, to)
                },
              },
            })}
          />
        ))}
      </ul>
      <p className="unseen" role="status">
        {said && moved && words.movedTo(said.name, moved.to + 1, outcomes.length)}
      </p>
    </SettingsBox>
  )
}
