import './in-tab.css'
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'

import { isIphone } from '../offline/install.ts'
import { useSafety } from '../offline/safety.ts'
import { countUnsent } from '../offline/unsent.ts'
import { useUnsent } from '../offline/use-unsent.ts'
import { texts } from '../texts/texts.ts'

const { inPage, inTab } = texts.me

/** What a tab, or a browser that stores nothing, cannot promise while something waits in it. */
export function InTab() {
  const { all } = countUnsent(useUnsent())
  const safety = useSafety()
  if (all === 0 || safety === 'phone') return undefined
  if (safety === 'page') {
    return (
      <div className="in-tab">
        <TriangleAlert aria-hidden="true" />
        <p>
          <b>{inPage.title}</b> {inPage.help}
        </p>
      </div>
    )
  }
  return (
    <div className="in-tab">
      <TriangleAlert aria-hidden="true" />
      <p>
        <b>{inTab.title}</b>
        {` ${isIphone() ? inTab.iphone : inTab.other} `}
        <Link className="text-button" to="/me/install">
          {inTab.action}
        </Link>
      </p>
    </div>
  )
}
