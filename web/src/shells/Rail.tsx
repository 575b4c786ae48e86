import { useQuery } from '@tanstack/react-query'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { lazy, Suspense } from 'react'

import { sessionQuery } from '../api/sessions.ts'
import { useIsReviewer } from '../api/users.ts'
import { commandKey } from '../commands/keys.ts'
import { palette } from '../commands/palette.ts'
import { mainScreens, type ScreenEntry, settingsScreen } from '../commands/screens.ts'
import { Mark } from '../parts/Mark.tsx'
import { Tip } from '../parts/Tip.tsx'
import { texts } from '../texts/texts.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { Count } from './Count.tsx'
import { useCounts } from './use-counts.ts'

const { shells } = texts

/** The rail does without it where it cannot be loaded. */
const Checklist = lazy(async () => {
  try {
    return { default: (await import('../checklist/Checklist.tsx')).Checklist }
  } catch (error) {
    console.warn('No checklist:', error)
    return { default: () => null }
  }
})

interface EntryProps extends ScreenEntry {
  readonly count: number
  /** Whether a screen with another address belongs to it, and is open. */
  readonly isOpen?: boolean
}

const Entry = ({ to, name, letter, Icon, count, isOpen = false }: EntryProps) => (
  <Tip text={name} hint={`G ${letter}`} side="right">
    <Link className={isOpen ? 'entry active' : 'entry'} to={to}>
      <Icon aria-hidden="true" />
      <span dir="auto" className="ellipsis">
        {name}
      </span>
      <Count value={count} />
    </Link>
  </Tip>
)

export function Rail() {
  const counts = useCounts()
  const { data: session } = useQuery(sessionQuery)
  const isReviewer = useIsReviewer()
  const screens = mainScreens.filter(({ to }) => to !== '/review' || isReviewer)
  // Import is an entry of the settings with an address of its own.
  const isImport = useMatchRoute()({ to: '/import' }) !== false
  return (
    <nav className="rail" aria-label={shells.main}>
      <Link className="home" to="/" aria-label={shells.name}>
        <Mark size={34} />
      </Link>
      {screens.map((screen) => (
        <Entry key={screen.to} {...screen} count={counts[screen.to] ?? 0} />
      ))}
      <span className="spread" />
      {session?.user.role === 'admin' && (
        <Suspense>
          <Checklist />
        </Suspense>
      )}
      <Tip text={shells.commands} hint={commandKey} side="right">
        <button type="button" className="entry" onClick={palette.search}>
          <Search aria-hidden="true" />
          <span dir="auto" className="ellipsis">
            {shells.search}
          </span>
        </button>
      </Tip>
      <Entry {...settingsScreen} count={0} isOpen={isImport} />
      {session && <AccountMenu user={session.user} />}
    </nav>
  )
}
