import { Button } from '../../parts/Button.tsx'
import { useSignOut } from '../../session/use-sign-out.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsRow } from '../SettingsRow.tsx'

const { account, shells } = texts

/** Signs out in this browser alone. */
export function SignOutSetting() {
  const { signOut, isPending } = useSignOut()
  return (
    <SettingsRow label={account.session} help={account.sessionHelp}>
      <Button aria-disabled={isPending} onClick={() => !isPending && signOut()}>
        {shells.signOut}
      </Button>
    </SettingsRow>
  )
}
