import type { SessionItem } from '@doorstep/client/sessions'

import { forgetLastSession, isSamePerson, readLastSession } from '../api/last-session.ts'
import { queryClient } from '../api/query-client.ts'
import { sessionExpiry } from '../api/session-expiry.ts'
import { sessionQuery } from '../api/sessions.ts'
import { closePhoneStore } from '../offline/phone.ts'

/** Goes on as whoever has just signed in, with nothing of the person before. */
export function beginSession(data: SessionItem['data']): void {
  const last = readLastSession()
  if (last && !isSamePerson(last.session.user, data.user)) forgetLastSession()
  closePhoneStore()
  queryClient.clear()
  queryClient.setQueryData(sessionQuery.queryKey, data)
  sessionExpiry.end()
}
