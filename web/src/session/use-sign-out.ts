import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import { client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/query-client.ts'
import { closePhoneStore } from '../offline/phone.ts'
import { say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { sessionExpiry } from './expiry.ts'
import { forgetLastSession } from './last-session.ts'

interface SignOut {
  /** Ends the session and leads to the sign-in; says so if it could not. */
  readonly signOut: () => void
  readonly isPending: boolean
}

/** Signs out in this browser alone. */
export function useSignOut(): SignOut {
  const router = useRouter()
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.session.remove(),
    onSuccess: async () => {
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
