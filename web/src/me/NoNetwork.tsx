import { CloudOff } from 'lucide-react'

import { useIsOnline } from '../offline/connection.ts'
import { texts } from '../texts/texts.ts'

/** Says so while the phone has no network. */
export function NoNetwork() {
  if (useIsOnline()) return undefined
  return (
    <span className="no-network" role="status">
      <CloudOff aria-hidden="true" />
      {texts.today.offline}
    </span>
  )
}
