import '../parts/dialog.css'
import './expired-session.css'
import { Dialog } from '@base-ui/react/dialog'
import type { SessionItem } from '@doorstep/client/sessions'
import { useSyncExternalStore } from 'react'

import { forgetLastSession, isSamePerson } from '../api/last-session.ts'
import { queryClient } from '../api/query-client.ts'
import { sessionExpiry } from '../api/session-expiry.ts'
import { sessionQuery } from '../api/sessions.ts'
import { sendWhatWaits } from '../offline/phone.ts'
import { texts } from '../texts/texts.ts'
import { SignInForm } from './SignInForm.tsx'

const { expired } = texts.session

/** Asks for the password over the page, of which nothing unmounts and nothing typed is lost. */
export function ExpiredSession() {
  const hasExpired = useSyncExternalStore(sessionExpiry.subscribe, sessionExpiry.hasExpired)
  const former = queryClient.getQueryData(sessionQuery.queryKey)
  const goOn = (data: SessionItem['data']) => {
    // What another person had on the screen is not for this one.
    if (!former || !isSamePerson(former.user, data.user)) {
      forgetLastSession()
      return location.reload()
    }
    queryClient.setQueryData(sessionQuery.queryKey, data)
    sessionExpiry.end()
    void queryClient.invalidateQueries()
    void sendWhatWaits()
  }
  return (
    <Dialog.Root open={hasExpired} modal disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup className="dialog expired-session">
          <Dialog.Title className="title">{expired.title}</Dialog.Title>
          <Dialog.Description className="muted">{expired.help}</Dialog.Description>
          {hasExpired && <SignInForm email={former?.user.email} onSignedIn={goOn} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
