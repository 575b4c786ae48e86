import './phone-screen.css'
import './my-location.css'
import type { LocationData } from '@doorstep/contract/location-data'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'

import { appQuery } from '../api/app-info.ts'
import { locationDataQuery } from '../api/location-data.ts'
import { useUserName } from '../api/users.ts'
import { Failed } from '../parts/Failed.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { HeldByDay } from '../settings/account/HeldByDay.tsx'
import { dayOf, printShortDay } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'
import { AsOf } from './AsOf.tsx'
import { LocationChoices } from './LocationChoices.tsx'
import { NoNetwork } from './NoNetwork.tsx'
import { WhoLooked } from './WhoLooked.tsx'

const { myLocation: words } = texts

/** What is held about where the rep was, until when, who looked, and the ways to end it. */
export function MyLocationScreen() {
  const query = useQuery(locationDataQuery)
  const { data, error, refetch } = query
  useTitle(words.title)
  return (
    <div className="phone-page phone-screen my-location">
      <div className="top">
        <Link className="back-link" to="/me">
          <ChevronLeft aria-hidden="true" />
          {texts.screens.me}
        </Link>
        <NoNetwork />
      </div>
      <h1>{words.title}</h1>
      {!data && !error && <Skeleton rows={6} hasDisc={false} />}
      {!data && error && (
        <Failed title={words.failed} error={error} onRetry={() => void refetch()} />
      )}
      {data && (
        <>
          <Held data={data} />
          <WhoLooked />
          <LocationChoices data={data} />
          <AsOf query={query} />
          <KeptFor data={data} />
        </>
      )}
    </div>
  )
}

function Held({ data: { held, retention } }: { readonly data: LocationData }) {
  return (
    <>
      <p className="say">
        {held.visits === 0 ? (
          words.none
        ) : (
          <>
            {words.holds} <b>{words.exact(held.visits)}</b>
            {words.rest(retention.days)}
          </>
        )}
        {held.imported_visits > 0 && ` ${texts.account.imported(held.imported_visits)}`}
      </p>
      {held.visits > 0 && (
        <div className="phone-list held-list">
          <HeldByDay days={held.by_day} kept={retention.days} />
        </div>
      )}
    </>
  )
}

function KeptFor({ data: { retention } }: { readonly data: LocationData }) {
  const { data: app } = useQuery(appQuery)
  const by = useUserName()(retention.set_by)
  const account = app?.account_name
  if (!account) return undefined
  return (
    <p className="fine">
      {by !== undefined && retention.set_at !== null
        ? words.setBy(account, retention.days, by, printShortDay(dayOf(retention.set_at)))
        : words.keeps(account, retention.days)}
    </p>
  )
}
