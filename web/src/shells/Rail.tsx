import { useQuery } from '@tanstack/react-query'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { ChartColumn, CheckCheck, List, Map, MapPin, Settings } from 'lucide-react'

import { sessionQuery } from '../api/queries.ts'
import { Mark } from '../parts/Mark.tsx'
import { texts } from '../texts/texts.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { useCounts } from './use-counts.ts'

const { shells } = texts

/** A line per screen. */
const entries = [
  { to: '/map', name: shells.map, Icon: Map },
  { to: '/visits', name: shells.visits, Icon: List },
  { to: '/review', name: shells.review, Icon: CheckCheck },
  { to: '/reports', name: shells.reports, Icon: ChartColumn },
  { to: '/addresses', name: shells.addresses, Icon: MapPin },
] as const

export function Rail() {
  const counts = useCounts()
  const { data: session } = useQuery(sessionQuery)
  // Import is an entry of the settings with an address of its own.
  const isImport = useMatchRoute()({ to: '/import' }) !== false
  return (
    <nav className="rail" aria-label={shells.main}>
      <Link className="home" to="/" aria-label={shells.name}>
        <Mark size={34} />
      </Link>
      {entries.map(({ to, name, Icon }) => (
        <Link key={to} className="entry" to={to}>
          <Icon aria-hidden="true" />
          <span className="ellipsis">{name}</span>
          {(counts[to] ?? 0) > 0 && (
            <span className="count num">
              {counts[to]}
              <span className="unseen">{` ${shells.waiting(counts[to] ?? 0)}`}</span>
            </span>
          )}
        </Link>
      ))}
      <span className="spread" />
      <Link className={isImport ? 'entry active' : 'entry'} to="/settings">
        <Settings aria-hidden="true" />
        <span className="ellipsis">{shells.settings}</span>
      </Link>
      {session && <AccountMenu user={session.user} />}
    </nav>
  )
}
