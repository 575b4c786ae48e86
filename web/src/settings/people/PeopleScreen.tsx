import './people.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'

import { activityQuery, invitationsQuery, loggedLatelyQuery, type User } from '../../api/people.ts'
import { sessionQuery } from '../../api/queries.ts'
import { usersQuery } from '../../api/users.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { InactivePeople } from './InactivePeople.tsx'
import { Invitations } from './Invitations.tsx'
import type { PeopleSearch } from './people-search.ts'
import { PeopleTable } from './PeopleTable.tsx'
import { PeopleTools } from './PeopleTools.tsx'
import type { Dialog } from './PersonMenu.tsx'
import { isInvited, isMatch, rowsOf, Teams } from './teams.ts'
import { useSavePerson } from './use-save-person.ts'

const route = getRouteApi('/shell/settings/people')
const { people: words } = texts

interface OpenDialog {
  readonly user: User
  readonly dialog: Dialog
}

// Read when they are opened: they are larger than the table.
const InvitePeople = lazy(async () => ({
  default: (await import('./InvitePeople.tsx')).InvitePeople,
}))
const dialogs = {
  edit: lazy(async () => ({ default: (await import('./PersonForm.tsx')).PersonForm })),
  password: lazy(async () => ({ default: (await import('./NewPassword.tsx')).NewPassword })),
  deactivate: lazy(async () => ({ default: (await import('./Deactivate.tsx')).Deactivate })),
} as const

interface PeopleProps {
  readonly all: readonly User[]
  readonly search: PeopleSearch
  readonly isInviting: boolean
  readonly onInvited: () => void
}

function People({ all, search, isInviting, onInvited }: PeopleProps) {
  const isAdmin = useIsAdmin()
  const { data: session } = useQuery(sessionQuery)
  const { data: logged } = useQuery(loggedLatelyQuery)
  const { data: activities } = useQuery(activityQuery)
  const { data: invitations } = useQuery({ ...invitationsQuery, enabled: isAdmin })
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set())
  const [open, setOpen] = useState<OpenDialog>()
  const [now] = useState(Date.now)
  const onSave = useSavePerson()
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
        <PeopleTable
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
      {inactive.length > 0 && <InactivePeople users={inactive} isAdmin={isAdmin} onSave={onSave} />}
      <Suspense>
        {isInviting && <InvitePeople users={users} teams={teams} onClose={onInvited} />}
        {Dialog && <Dialog user={open.user} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  )
}

/** Everybody in the account: who leads whom, what they may, and how their phones do. */
export function PeopleScreen() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const isAdmin = useIsAdmin()
  const [isInviting, setIsInviting] = useState(false)
  const { data, error, isPending, refetch } = useQuery(usersQuery)
  const onSearch = (change: PeopleSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const tools = (
    <>
      <PeopleTools search={search} onSearch={onSearch} />
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
        <SettingsBox isPadded>
          <Skeleton rows={12} />
        </SettingsBox>
      )}
      {data && (
        <People
          all={data}
          search={search}
          isInviting={isInviting}
          onInvited={() => setIsInviting(false)}
        />
      )}
    </SettingsPage>
  )
}
