import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'

import { sessionQuery } from '../api/sessions.ts'
import { buttonClass } from '../parts/Button.tsx'
import { Gate } from '../session/Gate.tsx'
import { texts } from '../texts/texts.ts'

const { admins } = texts.setup

/** The steps of the setup for an admin; anyone else reads who may take them. */
export function ForAdmins() {
  const { data: session } = useQuery(sessionQuery)
  if (!session) return undefined
  if (session.user.role === 'admin') return <Outlet />
  return (
    <Gate>
      <h1>{admins.title}</h1>
      <p className="lead">{admins.help}</p>
      <div className="setup-end">
        <Link className={buttonClass({ kind: 'primary', size: 'large' })} to="/">
          {admins.action}
        </Link>
      </div>
    </Gate>
  )
}
