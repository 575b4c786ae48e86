import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { forgetLastSession } from './last-session.ts'

/** Ends the session and leads to the sign-in. */
export function useSignOut(): () => void {
  const router = useRouter()
  const { mutate } = useMutation({
    mutationFn: () => client.session.remove(),
    onSuccess: async () => {
      forgetLastSession()
      await router.navigate({ to: '/sign-in' })
      queryClient.clear()
    },
  })
  return () => mutate()
}
