import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'

import { texts } from '../texts/texts.ts'
import { settingsGroups } from './sections.ts'

const { settings } = texts

export const SettingsNav = () => (
  <nav className="settings-nav" aria-label={settings.nav}>
    {settingsGroups.map(({ name, entries }) => (
      <Fragment key={entries[0]?.to}>
        {name !== undefined && <div className="eyebrow">{name}</div>}
        {entries.map(({ to, section, Icon }) => (
          <Link key={to} to={to}>
            <Icon aria-hidden="true" />
            <span className="ellipsis">{settings.sections[section]}</span>
            <ChevronRight className="further" aria-hidden="true" />
          </Link>
        ))}
      </Fragment>
    ))}
  </nav>
)
