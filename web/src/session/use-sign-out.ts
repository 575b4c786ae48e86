import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import { client } from '../api/client.ts'
import { forgetLastSession } from '../api/last-session.ts'
import { queryClient } from '../api/query-client.ts'
import { sessionExpiry } from '../api/session-expiry.ts'
import { closePhoneStore, phoneStore } from '../offline/phone.ts'
import { countUnsent, readUnsent } from '../offline/unsent.ts'
import { say } from '../parts/toasts.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { signOutQuestion } from './sign-out-question.ts'

interface SignOut {
  /** Ends the session and leads to the sign-in; says so if it could not. */
  readonly signOut: () => void
  readonly isPending: boolean
}

/** Whether this browser has something that it has not sent. */
async function hasUnsent(): Promise<boolean> {
  const { database } = await phoneStore()
  return countUnsent(await readUnsent(database)).all > 0
}

/** Signs out in this browser alone, whatever waits in it: what waits stays. */
export function useSignOutAtOnce(): SignOut {
  const router = useRouter()
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.session.remove(),
    onSuccess: async () => {
      signOutQuestion.close()
      forgetLastSession()
      sessionExpiry.signOut()
      closePhoneStore()
      await router.navigate({ to: '/sign-in' })
      queryClient.clear()
    },
    // NOTE: a menu is closed by then.
    onError: (error) => say(problemOf(error, texts.account.signOutFailed)),
  })
  return { signOut: () => mutate(), isPending }
}

/** Signs out in this browser alone, after a question if something waits in it. */
export function useSignOut(): SignOut {
  const { signOut, isPending } = useSignOutAtOnce()
  const askFirst = async () => {
    // NOTE: a browser that refuses to store anything has nothing to send.
    if (await hasUnsent().catch(() => false)) signOutQuestion.ask()
    else signOut()
  }
  return { signOut: () => void askFirst(), isPending }
}
