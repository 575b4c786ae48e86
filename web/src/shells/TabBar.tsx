import { Link } from '@tanstack/react-router'
import { List, Map, Plus, Route, User } from 'lucide-react'

import { countUnsent } from '../offline/unsent.ts'
import { useUnsent } from '../offline/use-unsent.ts'
import { texts } from '../texts/texts.ts'
import { Count } from './Count.tsx'

const { shells } = texts

const before = [
  { to: '/near', name: shells.map, Icon: Map },
  { to: '/today', name: shells.today, Icon: Route },
] as const
const after = [
  { to: '/my-visits', name: shells.visits, Icon: List },
  { to: '/me', name: shells.me, Icon: User },
] as const

interface TabProps {
  readonly tab: (typeof before)[number] | (typeof after)[number]
  readonly waiting?: number
}

const Tab = ({ tab: { to, name, Icon }, waiting = 0 }: TabProps) => (
  <Link className="tab" to={to}>
    <Icon aria-hidden="true" />
    {name}
    <Count value={waiting} />
  </Link>
)

/** The rep's screens, and in their middle the way to log a visit. */
export function TabBar() {
  const { all } = countUnsent(useUnsent())
  return (
    <nav className="tab-bar" aria-label={shells.main}>
      {before.map((tab) => (
        <Tab key={tab.to} tab={tab} />
      ))}
      <Link className="plus" to="/log" aria-label={shells.log}>
        <Plus aria-hidden="true" />
      </Link>
      {after.map((tab) => (
        <Tab key={tab.to} tab={tab} waiting={tab.to === '/me' ? all : 0} />
      ))}
    </nav>
  )
}
