import { Link } from '@tanstack/react-router'
import { ChevronRight, Inbox, LogOut } from 'lucide-react'

import { Bar } from '../parts/Bar.tsx'
import { useSignOut } from '../session/use-sign-out.ts'
import { OtherScreens } from '../shells/OtherScreens.tsx'
import { texts } from '../texts/texts.ts'

const { screens, shells } = texts

export function MeScreen() {
  const signOut = useSignOut()
  return (
    <>
      <Bar title={screens.me} />
      <div className="phone-page">
        <div className="phone-list">
          <Link className="phone-row" to="/me/outbox">
            <Inbox aria-hidden="true" />
            <b>{screens.outbox}</b>
            <ChevronRight className="further" aria-hidden="true" />
          </Link>
        </div>
        <OtherScreens />
        <div className="phone-list">
          <button type="button" className="phone-row" onClick={signOut}>
            <LogOut aria-hidden="true" />
            <b>{shells.signOut}</b>
          </button>
        </div>
      </div>
    </>
  )
}
