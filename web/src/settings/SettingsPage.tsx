import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'

import { Bar } from '../parts/Bar.tsx'
import { buttonClass } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'
import type { Section } from './sections.ts'

interface SettingsPageProps {
  readonly section: Section
  /** What is set here, in a sentence beside the name. */
  readonly about?: string | undefined
  /** In the bar, instead of or after the sentence: search, filters; actions after a spread. */
  readonly tools?: ReactNode
  /** Stays at the foot of the window, for what is saved as a whole. */
  readonly foot?: ReactNode
  /** Holds nothing that takes the focus, so that the keyboard scrolls the page itself. */
  readonly isRead?: boolean | undefined
  readonly children: ReactNode
}

/** A section: its bar, and boxes below it that scroll. */
export const SettingsPage = ({
  section,
  about,
  tools,
  foot,
  isRead,
  children,
}: SettingsPageProps) => (
  <>
    <Bar title={texts.settings.sections[section]}>
      <Link
        className={`${buttonClass({ kind: 'ghost', isIcon: true })} back`}
        to="/settings"
        aria-label={texts.settings.back}
      >
        <ArrowLeft />
      </Link>
      {about !== undefined && (
        <span dir="auto" className="about muted ellipsis">
          {about}
        </span>
      )}
      {tools}
    </Bar>
    <div
      className="settings-page"
      {...(isRead && {
        tabIndex: 0,
        role: 'region',
        'aria-label': texts.settings.sections[section],
      })}
    >
      {children}
    </div>
    {foot !== undefined && <div className="settings-foot">{foot}</div>}
  </>
)
