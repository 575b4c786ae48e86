import '../secrets.css'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../parts/Button.tsx'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { Clients } from './Clients.tsx'
import { Grants } from './Grants.tsx'
import { NewClient } from './NewClient.tsx'

const { oauth: words } = texts

/** Programs that ask people for access, and to which one has given it. */
export function OauthScreen() {
  const isAdmin = useIsAdmin()
  const [isRegistering, setIsRegistering] = useState(false)
  const tools = isAdmin && (
    <>
      <span className="spread" />
      <Button kind="primary" onClick={() => setIsRegistering(true)}>
        <Plus />
        {words.register}
      </Button>
    </>
  )
  return (
    <SettingsPage section="oauth" about={words.about} tools={tools}>
      {isAdmin && <Clients />}
      <Grants />
      <AdminsOnly>{words.adminsOnly}</AdminsOnly>
      {isRegistering && <NewClient onClose={() => setIsRegistering(false)} />}
    </SettingsPage>
  )
}
