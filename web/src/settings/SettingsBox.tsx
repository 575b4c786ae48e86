import type { ReactNode } from 'react'

import { classes } from '../parts/classes.ts'

interface SettingsBoxProps {
  readonly title?: string | undefined
  /** After the title, in a few words. */
  readonly about?: ReactNode
  /** At the right of the title. */
  readonly aside?: ReactNode
  /** Room around what is in it; rows have their own. */
  readonly isPadded?: boolean | undefined
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A lined box of settings that belong together. */
export function SettingsBox(props: SettingsBoxProps) {
  const { title, about, aside, isPadded, className, children } = props
  return (
    <section className={classes('settings-box', className)} aria-label={title}>
      {title !== undefined && (
        <header>
          <h2>{title}</h2>
          {about !== undefined && <span className="faint small">{about}</span>}
          {aside !== undefined && (
            <>
              <span className="spread" />
              {aside}
            </>
          )}
        </header>
      )}
      {isPadded ? <div className="padded">{children}</div> : children}
    </section>
  )
}
