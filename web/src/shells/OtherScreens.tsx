import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, Download, Search } from 'lucide-react'

import { sessionQuery } from '../api/sessions.ts'
import { useIsReviewer } from '../api/users.ts'
import { palette } from '../commands/palette.ts'
import { allScreens } from '../commands/screens.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { useCounts } from './use-counts.ts'

const { shells } = texts

const bringIn = { to: '/import', name: shells.import, Icon: Download } as const

/** The desk's screens, for the phone: what does not fit into the tab bar. */
export function OtherScreens() {
  const counts = useCounts()
  const { data: session } = useQuery(sessionQuery)
  const isReviewer = useIsReviewer()
  const own = allScreens.filter(({ to }) => to !== '/review' || isReviewer)
  const screens = session?.user.role === 'admin' ? [...own, bringIn] : own
  return (
    <nav className="phone-list" aria-label={shells.more}>
      <button type="button" className="phone-row" onClick={palette.search}>
        <Search aria-hidden="true" />
        <b>{shells.search}</b>
      </button>
      {screens.map(({ to, name, Icon }) => (
        <Link key={to} className="phone-row" to={to}>
          <Icon aria-hidden="true" />
          <b>{name}</b>
          <span className="value num">{counts[to] ? count(counts[to]) : ''}</span>
          <ChevronRight className="further" aria-hidden="true" />
        </Link>
      ))}
    </nav>
  )
}
