import '../parts/phone-chip.css'
import { verificationStatuses } from '@doorstep/contract/findings'
import type { Visit } from '@doorstep/contract/visits'
import { getRouteApi, Link } from '@tanstack/react-router'

import { classes } from '../parts/classes.ts'
import { FindingIcon } from '../parts/FindingIcon.tsx'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const { myVisits: words } = texts
const route = getRouteApi('/shell/my-visits')
/** What is well needs no filter. */
const offered = verificationStatuses.filter((status) => status !== 'verified')

/** All visits, or those with one finding. */
export function StatusChips({ visits }: { readonly visits: readonly Visit[] }) {
  const { status: chosen } = route.useSearch()
  const countOf = (status: string) =>
    visits.filter((each) => each.rep_location_verification_status === status).length
  const chips = offered.filter((status) => status === chosen || countOf(status) > 0)
  if (chips.length === 0) return undefined
  return (
    <nav className="chips num" aria-label={words.filter}>
      <Link
        from="/my-visits"
        search={({ to }) => (to === undefined ? {} : { to })}
        replace
        className={classes('phone-chip', chosen === undefined && 'on')}
        aria-current={chosen === undefined ? 'true' : undefined}
      >
        {words.all}
        <b>{count(visits.length)}</b>
      </Link>
      {chips.map((status) => (
        <Link
          key={status}
          from="/my-visits"
          search={({ to }) => ({ ...(to !== undefined && { to }), status })}
          replace
          className={classes('phone-chip', chosen === status && 'on')}
          aria-current={chosen === status ? 'true' : undefined}
        >
          <span className={classes('finding', status)}>
            <FindingIcon kind={status} size={17} />
          </span>
          {texts.findingNames[status]}
          <b>{count(countOf(status))}</b>
        </Link>
      ))}
    </nav>
  )
}
