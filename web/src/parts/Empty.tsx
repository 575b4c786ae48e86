import './empty.css'
import type { ReactNode } from 'react'

import { texts } from '../texts/texts.ts'

interface EmptyProps {
  /** What is so. */
  readonly title: string
  /** What to do. */
  readonly help: ReactNode
  /** One or two buttons that do it. */
  readonly children?: ReactNode
  /** For whoever is asked for help, such as a request's id. */
  readonly details?: string | undefined
}

/** In place of rows that are not there. */
export const Empty = ({ title, help, children, details }: EmptyProps) => (
  <div className="empty">
    <svg width="150" height="58" viewBox="0 0 150 58" aria-hidden="true">
      <path
        d="M10 14h130M10 38h130M40 0v58M75 0v58M110 0v58"
        stroke="var(--ink)"
        strokeOpacity=".08"
      />
      <path
        transform="translate(75 22)"
        d="M0 26C-4 20-15 12-15 0a15 15 0 0 1 30 0C15 12 4 20 0 26Z"
        fill="var(--sunken)"
        stroke="var(--line-strong)"
        strokeWidth="1.5"
        strokeDasharray="3 3"
      />
    </svg>
    <h2>{title}</h2>
    <p className="muted">{help}</p>
    {children !== undefined && <div className="actions">{children}</div>}
    {details !== undefined && (
      <details className="faint small">
        <summary>{texts.parts.details}</summary>
        <span className="mono">{details}</span>
      </details>
    )}
  </div>
)
