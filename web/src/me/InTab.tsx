import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'

import { isInstalled, isIphone } from '../offline/install.ts'
import { texts } from '../texts/texts.ts'
import { useWaiting } from './use-waiting.ts'

const { inTab } = texts.me

/** What a tab of a browser cannot promise, while something waits in it. */
export function InTab() {
  const waiting = useWaiting()
  if (waiting.length === 0 || isInstalled()) return undefined
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
