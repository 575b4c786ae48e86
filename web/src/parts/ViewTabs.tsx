import './view-tabs.css'
import type { ReactNode } from 'react'

interface ViewTabsProps {
  /** What they choose among, read aloud. */
  readonly name: string
  /** Links with the class `view`, `aria-current="page"` on the one shown, a count as `<span className="num">`. */
  readonly children: ReactNode
  readonly actions?: ReactNode
}

/** The second bar: saved views or kinds with their counts, and actions at the right. */
export const ViewTabs = ({ name, children, actions }: ViewTabsProps) => (
  <div className="view-tabs">
    <nav aria-label={name}>{children}</nav>
    <span className="spread" />
    {actions}
  </div>
)
