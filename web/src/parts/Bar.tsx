import './bar.css'
import type { ReactNode } from 'react'

import { useTitle } from './use-title.ts'

interface BarProps {
  readonly title: string
  /** Filters after the name; what stands at the right comes after a `<span className="spread" />`. */
  readonly children?: ReactNode
}

/** The bar of a screen: its name, filters and actions. Names the browser's tab as well. */
export function Bar({ title, children }: BarProps) {
  useTitle(title)
  return (
    <header className="bar">
      <h1>{title}</h1>
      {children}
    </header>
  )
}
