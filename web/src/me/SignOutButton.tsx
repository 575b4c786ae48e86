import { LogOut } from 'lucide-react'

import { useSignOut } from '../session/use-sign-out.ts'
import { texts } from '../texts/texts.ts'

/** Signs out on this phone. */
export function SignOutButton() {
  const { signOut } = useSignOut()
  return (
    <div className="phone-list">
      <button type="button" className="phone-row" onClick={signOut}>
        <LogOut aria-hidden="true" />
        <b>{texts.me.signOut}</b>
      </button>
    </div>
  )
}
