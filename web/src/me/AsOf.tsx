import { useIsOnline } from '../offline/connection.ts'
import { texts } from '../texts/texts.ts'
import { printMoment } from './use-synced-at.ts'

interface AsOfProps {
  readonly query: {
    readonly data: unknown
    readonly error: Error | null
    readonly dataUpdatedAt: number
  }
}

/** How old what is shown is, while it cannot be renewed. */
export function AsOf({ query }: AsOfProps) {
  const isOnline = useIsOnline()
  if (query.data === undefined || (isOnline && !query.error)) return undefined
  return <p className="fine num">{texts.today.asOf(printMoment(query.dataUpdatedAt))}</p>
}
