import './map.css'
import type { ReactNode } from 'react'

interface NoMapProps {
  readonly title: string
  /** What can be done about it. */
  readonly children: ReactNode
}

/** In place of a map that cannot be shown. */
export const NoMap = ({ title, children }: NoMapProps) => (
  <div className="no-map">
    <b>{title}</b>
    {children}
  </div>
)
