import { Link } from '@tanstack/react-router'
import { List, Map, Plus, Route, UserRound } from 'lucide-react'

import { texts } from '../texts/texts.ts'

const { shells } = texts

const before = [
  { to: '/near', name: shells.map, Icon: Map },
  { to: '/today', name: shells.today, Icon: Route },
] as const
const after = [
  { to: '/my-visits', name: shells.visits, Icon: List },
  { to: '/me', name: shells.me, Icon: UserRound },
] as const

export const TabBar = () => (
  <nav className="tab-bar" aria-label={shells.main}>
    {before.map((tab) => (
      <Tab key={tab.to} {...tab} />
    ))}
    <Link className="log" to="/log" aria-label={shells.log}>
      <Plus aria-hidden="true" />
    </Link>
    {after.map((tab) => (
      <Tab key={tab.to} {...tab} />
    ))}
  </nav>
)

const Tab = ({ to, name, Icon }: (typeof before)[number] | (typeof after)[number]) => (
  <Link className="tab" to={to}>
    <Icon aria-hidden="true" />
    {name}
  </Link>
)
