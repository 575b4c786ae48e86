import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import { client } from '../../api/client.ts'
import { problemOf } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import { Button } from '../../parts/Button.tsx'
import { texts } from '../../texts/texts.ts'
import { SettingsRow } from '../SettingsRow.tsx'

const { account, shells } = texts

/** Signs out in this browser alone. */
export function SignOutRow() {
  const router = useRouter()
  const signOut = useMutation({
    mutationFn: () => client.session.remove(),
    onSuccess: async () => {
      await router.navigate({ to: '/sign-in' })
      queryClient.clear()
    },
  })
  return (
    <SettingsRow
      label={account.session}
      help={signOut.error ? problemOf(signOut.error, account.signOutFailed) : account.sessionHelp}
    >
      <Button aria-disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {shells.signOut}
      </Button>
    </SettingsRow>
  )
}
