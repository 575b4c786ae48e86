import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'

import { buttonClass } from '../parts/Button.tsx'
import { imports } from '../texts/en/imports.ts'

interface SubPageFrameProps {
  readonly title: string
  readonly help: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** What an import's page shows in place of its progress, with the way back. */
export const SubPageFrame = ({ title, help, actions, children }: SubPageFrameProps) => (
  <>
    <div className="import-page-head">
      <Link
        className={buttonClass({ kind: 'ghost', size: 'small' })}
        to="/import"
        search={({ id }) => ({ id })}
      >
        <ChevronLeft aria-hidden="true" />
        {imports.actions.back}
      </Link>
      <div>
        <h2 className="title">{title}</h2>
        <p className="muted">{help}</p>
      </div>
      <div className="actions">{actions}</div>
    </div>
    {children}
  </>
)
