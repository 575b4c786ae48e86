import './users.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'

import { invitationsQuery } from '../../api/invitations.ts'
import { sessionQuery } from '../../api/sessions.ts'
import { activityQuery, loggedLatelyQuery } from '../../api/user-activity.ts'
import { type User, usersQuery } from '../../api/users.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { InactiveUsers } from './InactiveUsers.tsx'
import { Invitations } from './Invitations.tsx'
import { isInvited, isMatch, rowsOf, Teams } from './teams.ts'
import { useSaveUser } from './use-save-user.ts'
import type { Dialog } from './UserMenu.tsx'
import type { UsersSearch } from './users-search.ts'
import { UsersTable } from './UsersTable.tsx'
import { UsersTools } from './UsersTools.tsx'

const route = getRouteApi('/shell/settings/people')
const { users: words } = texts

interface OpenDialog {
  readonly user: User
  readonly dialog: Dialog
}

// Read when they are opened: they are larger than the table.
const InviteUsers = lazy(async () => ({
  default: (await import('./InviteUsers.tsx')).InviteUsers,
}))
const dialogs = {
  edit: lazy(async () => ({ default: (await import('./UserForm.tsx')).UserForm })),
  password: lazy(async () => ({ default: (await import('./NewPassword.tsx')).NewPassword })),
  deactivate: lazy(async () => ({ default: (await import('./Deactivate.tsx')).Deactivate })),
} as const

interface UsersProps {
  readonly all: readonly User[]
  readonly search: UsersSearch
  readonly isInviting: boolean
  readonly onInvited: () => void
}

function Users({ all, search, isInviting, onInvited }: UsersProps) {
  const isAdmin = useIsAdmin()
  const { data: session } = useQuery(sessionQuery)
  const { data: logged } = useQuery(loggedLatelyQuery)
  const { data: activities } = useQuery(activityQuery)
  const { data: invitations } = useQuery({ ...invitationsQuery, enabled: isAdmin })
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set())
  const [open, setOpen] = useState<OpenDialog>()
  const [now] = useState(Date.now)
  const onSave = useSaveUser()
  const users = useMemo(() => all.filter(({ status }) => status === 'active'), [all])
  const teams = useMemo(() => new Teams(users), [users])
  const rows = useMemo(() => rowsOf(users, teams, search, closed), [users, teams, search, closed])
  const found = all.filter(
    (user) =>
      user.status === 'inactive' &&
      search.role === undefined &&
      (search.q === undefined || isMatch(user, search.q)),
  )
  const invited = found.filter(isInvited)
  const inactive = found.filter((user) => !isInvited(user))
  const fold = (id: number) =>
    setClosed((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  const Dialog = open && dialogs[open.dialog]
  return (
    <>
      {rows.length > 0 ? (
        <UsersTable
          rows={rows}
          users={users}
          teams={teams}
          logged={logged}
          activities={activities}
          selfId={session?.user.id}
          isAdmin={isAdmin}
          now={now}
          onSave={onSave}
          onDialog={(user, dialog) => setOpen({ user, dialog })}
          onFold={fold}
        />
      ) : (
        found.length === 0 && <Empty title={words.none} help={words.noneHelp} />
      )}
      {isAdmin && invited.length > 0 && invitations && (
        <Invitations users={invited} invitations={invitations} teams={teams} now={now} />
      )}
      {inactive.length > 0 && <InactiveUsers users={inactive} isAdmin={isAdmin} onSave={onSave} />}
      <Suspense>
        {isInviting && <InviteUsers users={users} teams={teams} onClose={onInvited} />}
        {Dialog && <Dialog user={open.user} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  )
}

/** Everybody in the account: who leads whom, what they may, and how their phones do. */
export function UsersScreen() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const isAdmin = useIsAdmin()
  const [isInviting, setIsInviting] = useState(false)
  const { data, error, isPending, refetch } = useQuery(usersQuery)
  const onSearch = (change: UsersSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const tools = (
    <>
      <UsersTools search={search} onSearch={onSearch} />
      <span className="spread" />
      {isAdmin && (
        <Button kind="primary" onClick={() => setIsInviting(true)}>
          <Plus />
          {words.invite}
        </Button>
      )}
    </>
  )
  return (
    <SettingsPage section="people" tools={tools}>
      <AdminsOnly />
      {error && !data && (
        <Failed title={words.notRead} error={error} onRetry={() => void refetch()} />
      )}
      {isPending && (
        <SettingsBox className="users-table">
          <div className="line head" />
          <Skeleton rows={12} isOneLine rowPx={38} />
        </SettingsBox>
      )}
      {data && (
        <Users
          all={data}
          search={search}
          isInviting={isInviting}
          onInvited={() => setIsInviting(false)}
        />
      )}
    </SettingsPage>
  )
}
