import { Menu } from '@base-ui/react/menu'
import { Link } from '@tanstack/react-router'
import {
  ArrowDown,
  ArrowUp,
  ArrowUpToLine,
  ClipboardPlus,
  Ellipsis,
  Navigation,
  RotateCcw,
  SkipForward,
  Store,
  Trash2,
} from 'lucide-react'

import { MenuPopup } from '../parts/MenuPopup.tsx'
import { texts } from '../texts/texts.ts'
import type { PlanEdits } from './edit-plan.ts'
import { wayTo } from './stop-lines.ts'
import type { KnownStop } from './use-plan.ts'

const { today } = texts

interface StopMenuProps {
  readonly stop: KnownStop
  readonly isNext: boolean
  readonly edits: PlanEdits
  readonly onSkip: () => void
}

/** What can be done with a stop, besides what stands on it. */
export function StopMenu({ stop, isNext, edits, onSkip }: StopMenuProps) {
  const { name, state } = stop
  const { resource_type: type, resource_id: id } = stop.stop
  return (
    <Menu.Root>
      <Menu.Trigger className="more" aria-label={today.more(name)}>
        <Ellipsis aria-hidden="true" />
      </Menu.Trigger>
      <MenuPopup align="end">
        {state !== 'visited' && !isNext && <GoThere stop={stop} />}
        {state === 'planned' && <MoveItems stop={stop} isNext={isNext} edits={edits} />}
        {state === 'planned' && (
          <Menu.Item className="item" onClick={onSkip}>
            <SkipForward aria-hidden="true" />
            {today.skip}
          </Menu.Item>
        )}
        {state === 'skipped' && (
          <Menu.Item className="item" onClick={() => edits.plan(stop)}>
            <RotateCcw aria-hidden="true" />
            {today.again}
          </Menu.Item>
        )}
        <Menu.LinkItem
          className="item"
          closeOnClick
          render={<Link to="/customers/$type/$id" params={{ type, id: String(id) }} />}
        >
          <Store aria-hidden="true" />
          {today.open}
        </Menu.LinkItem>
        <Menu.Item className="item" onClick={() => edits.remove(stop)}>
          <Trash2 aria-hidden="true" />
          {today.remove}
        </Menu.Item>
      </MenuPopup>
    </Menu.Root>
  )
}

function GoThere({ stop }: Pick<StopMenuProps, 'stop'>) {
  const { resource_type: type, resource_id: customer } = stop.stop
  const href = wayTo(stop)
  return (
    <>
      <Menu.LinkItem
        className="item"
        closeOnClick
        render={<Link to="/log" search={{ type, customer }} />}
      >
        <ClipboardPlus aria-hidden="true" />
        {today.log}
      </Menu.LinkItem>
      {href !== null && (
        <Menu.LinkItem className="item" closeOnClick href={href}>
          <Navigation aria-hidden="true" />
          {today.navigate}
        </Menu.LinkItem>
      )}
    </>
  )
}

const MoveItems = ({ stop, isNext, edits }: Omit<StopMenuProps, 'onSkip'>) => (
  <>
    {!isNext && (
      <>
        <Menu.Item className="item" onClick={() => edits.first(stop)}>
          <ArrowUpToLine aria-hidden="true" />
          {today.next}
        </Menu.Item>
        <Menu.Item className="item" onClick={() => edits.move(stop, -1)}>
          <ArrowUp aria-hidden="true" />
          {today.moveUp}
        </Menu.Item>
      </>
    )}
    <Menu.Item className="item" onClick={() => edits.move(stop, 1)}>
      <ArrowDown aria-hidden="true" />
      {today.moveDown}
    </Menu.Item>
  </>
)
