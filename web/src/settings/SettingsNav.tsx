import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'

import { appQuery } from '../api/app-info.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { settingsGroups } from './sections.ts'
import { useSectionCounts } from './use-section-counts.ts'

const { settings } = texts

const shown = (value: number | undefined) => (value ? count(value) : '')

export function SettingsNav() {
  const counts = useSectionCounts()
  const { data: app } = useQuery(appQuery)
  return (
    <nav className="settings-nav" aria-label={settings.nav}>
      {settingsGroups.map(({ name, entries }) => (
        <Fragment key={entries[0]?.to}>
          {name !== undefined && <div className="eyebrow">{name}</div>}
          {entries.map(({ to, section, Icon }) => (
            <Link key={to} to={to}>
              <Icon aria-hidden="true" />
              <span dir="auto" className="ellipsis">
                {settings.sections[section]}
              </span>
              <span className="count faint num">
                {section === 'about' ? app?.version : shown(counts[section])}
              </span>
              <ChevronRight className="further" aria-hidden="true" />
            </Link>
          ))}
        </Fragment>
      ))}
    </nav>
  )
}
