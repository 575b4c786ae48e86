import type { Logged, UserActivity } from '../../api/user-activity.ts'
import { Finding } from '../../parts/Finding.tsx'
import type { FindingKind } from '../../parts/FindingIcon.tsx'
import { texts } from '../../texts/texts.ts'

const { users: words } = texts

type Lately = 'exact' | 'rough' | 'off' | 'unused' | 'none'

const kinds: Readonly<Record<'exact' | 'rough' | 'off', FindingKind>> = {
  exact: 'verified',
  rough: 'location_unknown',
  off: 'location_services_disabled',
}

/** What most visits of the last 30 days say. */
function latelyOf(activity: UserActivity, { visits, off }: Logged): Lately {
  if (off > 0 && off * 2 >= visits) return 'off'
  if (activity.fixes > 0) return (activity.above_100_m_share ?? 0) > 0.5 ? 'rough' : 'exact'
  return visits > 0 ? 'unused' : 'none'
}

interface LocationLatelyProps {
  readonly activity: UserActivity
  readonly logged: Logged
}

/** How exact a phone's location has been lately. */
export function LocationLately({ activity, logged }: LocationLatelyProps) {
  const lately = latelyOf(activity, logged)
  if (lately === 'none') return <span className="faint">{words.nothing}</span>
  if (lately === 'unused') return <span className="faint">{words.lately.unused}</span>
  const { median_accuracy_m: median, fixes } = activity
  return (
    <span title={median === null ? undefined : words.latelyHelp(median, fixes)}>
      <Finding kind={kinds[lately]}>{words.lately[lately]}</Finding>
    </span>
  )
}
