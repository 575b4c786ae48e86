import './phone-screen.css'
import './me.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, Contrast, Globe, Inbox, LocateFixed, SquarePlus } from 'lucide-react'
import { useState } from 'react'

import { appQuery } from '../api/app-info.ts'
import { locationDataQuery } from '../api/location-data.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useIsReviewer, useUserName } from '../api/users.ts'
import { isInstalled } from '../offline/install.ts'
import { countUnsent } from '../offline/unsent.ts'
import { useOutbox } from '../offline/use-outbox.ts'
import { useRecordSync } from '../offline/use-records.ts'
import { useUnsent } from '../offline/use-unsent.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { chosenTheme, chooseTheme, themes } from '../parts/theme-choice.ts'
import { useTitle } from '../parts/use-title.ts'
import { OtherScreens } from '../shells/OtherScreens.tsx'
import { dayOf, printShortDay } from '../texts/days.ts'
import { count, date, metres, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { InTab } from './InTab.tsx'
import { NoNetwork } from './NoNetwork.tsx'
import { SignOutButton } from './SignOutButton.tsx'
import { SyncRow } from './SyncRow.tsx'
import { stateOf } from './WaitingList.tsx'

const { me: words, screens } = texts

/** Who is signed in on this phone, what waits on it, and how it looks. */
export function MeScreen() {
  useTitle(screens.me)
  useRecordSync()
  const { data: app } = useQuery(appQuery)
  return (
    <div className="phone-page phone-screen me">
      <Who />
      <InTab />
      <div className="phone-list">
        <OutboxRow />
        <SyncRow />
        <PlacesRow />
      </div>
      <div className="phone-list">
        <ThemeRow />
        <LanguageRow />
        {!isInstalled() && (
          <Link className="phone-row" to="/me/install">
            <SquarePlus aria-hidden="true" />
            <span className="what">
              <b>{words.install}</b>
              <span className="line">{words.installWhy}</span>
            </span>
            <ChevronRight className="further" aria-hidden="true" />
          </Link>
        )}
      </div>
      <h2>{words.more}</h2>
      <OtherScreens />
      <SignOutButton />
      {app && <p className="fine">{words.fine(location.host, app.version)}</p>}
    </div>
  )
}

function Who() {
  const { data: session } = useQuery(sessionQuery)
  const isReviewer = useIsReviewer()
  const nameOf = useUserName()
  if (!session) return undefined
  const { user } = session
  const role =
    user.role === 'admin' ? words.roles.admin : isReviewer ? words.roles.manager : words.roles.rep
  const manager = nameOf(user.reports_to)
  return (
    <header>
      <Avatar id={user.id} name={user.name} size="large" />
      <div>
        <h1>{user.name}</h1>
        <p>{manager === undefined ? role : words.reportsTo(role, manager)}</p>
      </div>
      <NoNetwork />
    </header>
  )
}

function OutboxRow() {
  const { all, refused, visits } = countUnsent(useUnsent())
  const { isSending } = useOutbox()
  return (
    <Link className="phone-row" to="/me/outbox">
      <Inbox aria-hidden="true" />
      <span className="what">
        <b>{screens.outbox}</b>
        <span className="line">
          {all > 0 ? stateOf(all, refused, isSending && visits > 0) : words.nothingWaits}
        </span>
      </span>
      {all > 0 && <span className="badge num">{count(all)}</span>}
      <ChevronRight className="further" aria-hidden="true" />
    </Link>
  )
}

function PlacesRow() {
  const { data } = useQuery(locationDataQuery)
  const held = data?.held
  return (
    <Link className="phone-row" to="/me/location">
      <LocateFixed aria-hidden="true" />
      <span className="what">
        <b>{screens.myLocation}</b>
        {held && (
          <span className="line num">
            {held.visits === 0
              ? words.noPlaces
              : words.places(held.visits, held.until && printShortDay(dayOf(held.until)))}
          </span>
        )}
      </span>
      <ChevronRight className="further" aria-hidden="true" />
    </Link>
  )
}

function ThemeRow() {
  const [theme, setTheme] = useState(chosenTheme)
  return (
    <div className="phone-row theme-row">
      <Contrast aria-hidden="true" />
      <b>{words.appearance}</b>
      <Segmented
        name={words.appearance}
        value={theme}
        onValue={(value) => {
          chooseTheme(value)
          setTheme(value)
        }}
        choices={themes.map((value) => ({ value, name: words.themes[value] }))}
      />
    </div>
  )
}

const now = new Date()
const farM = 1_240

/** There is one language; dates and distances are written as the phone's own is. */
const LanguageRow = () => (
  <div className="phone-row">
    <Globe aria-hidden="true" />
    <span className="what">
      <b>{words.language}</b>
      <span className="line num">{[date(now), time(now), metres(farM)].join(', ')}</span>
    </span>
    <span className="value">{words.english}</span>
  </div>
)
