import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CheckCheck, List, Map } from 'lucide-react'

import { sessionQuery } from '../api/queries.ts'
import { useIsReviewer } from '../api/users.ts'
import { classes } from '../parts/classes.ts'
import { texts } from '../texts/texts.ts'
import { Count } from './Count.tsx'
import { MoreMenu } from './MoreMenu.tsx'
import { useCounts } from './use-counts.ts'

const { shells } = texts

const map = { to: '/map', name: shells.map, Icon: Map } as const
const visits = { to: '/visits', name: shells.visits, Icon: List } as const
const review = { to: '/review', name: shells.review, Icon: CheckCheck } as const

/** The phone's screens: the map, visits, for reviewers what waits, and the rest. */
export function TabBar() {
  const counts = useCounts()
  const isReviewer = useIsReviewer()
  const { data: session } = useQuery(sessionQuery)
  const tabs = isReviewer ? [map, visits, review] : [map, visits]
  return (
    <nav className={classes('tab-bar', !isReviewer && 'of-three')} aria-label={shells.main}>
      {tabs.map(({ to, name, Icon }) => (
        <Link key={to} className="tab" to={to}>
          <Icon aria-hidden="true" />
          {name}
          <Count value={counts[to] ?? 0} />
        </Link>
      ))}
      {session && <MoreMenu user={session.user} />}
    </nav>
  )
}
