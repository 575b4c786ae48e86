import '../secrets.css'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { sessionQuery } from '../../api/sessions.ts'
import { tokensQuery } from '../../api/tokens.ts'
import { usersQuery } from '../../api/users.ts'
import { basePath } from '../../base-path.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { UserPicker } from '../users/UserPicker.tsx'
import { NewToken } from './NewToken.tsx'
import { TokenRows } from './TokenRows.tsx'

const { tokens: words } = texts

interface Person {
  readonly id: number
  readonly name: string
}

interface TokensProps {
  readonly user: Person
  readonly isOwn: boolean
}

function Tokens({ user, isOwn }: TokensProps) {
  const { data, error, isPending, refetch } = useQuery(tokensQuery(user.id))
  if (isPending) {
    return (
      <SettingsBox isPadded>
        <Skeleton rows={4} hasDisc={false} />
      </SettingsBox>
    )
  }
  if (!data) {
    return <Failed title={words.notRead} error={error} onRetry={() => void refetch()} />
  }
  if (data.length > 0) {
    return <TokenRows tokens={data} title={isOwn ? words.yours : words.theirs(user.name)} />
  }
  return (
    <SettingsBox isPadded>
      <Empty
        title={isOwn ? words.none : words.noneOf(user.name)}
        help={
          <>
            {`${words.noneHelp} `}
            <a className="link" href={`${basePath}/docs`}>
              {words.docs}
            </a>
          </>
        }
      />
    </SettingsBox>
  )
}

/** Tokens for programs that act in one's name; admins see those of others too. */
export function TokensScreen() {
  const { data: session } = useQuery(sessionQuery)
  const isAdmin = useIsAdmin()
  const { data: users = [] } = useQuery({ ...usersQuery, enabled: isAdmin })
  const [chosen, setChosen] = useState<number>()
  const [isCreating, setIsCreating] = useState(false)
  const self = session?.user
  const user: Person | undefined = users.find(({ id }) => id === chosen) ?? self
  const active = users.filter(({ status }) => status === 'active')
  const isOwn = user?.id === self?.id
  const tools = (
    <>
      {isAdmin && (
        <>
          <span className="whose muted" aria-hidden="true">
            {words.whose}
          </span>
          <UserPicker
            name={words.whose}
            value={users.find(({ id }) => id === user?.id)}
            users={active}
            onUser={(user) => setChosen(user?.id)}
          />
        </>
      )}
      <span className="spread" />
      <Button kind="primary" onClick={() => setIsCreating(true)}>
        <Plus />
        {words.create}
      </Button>
    </>
  )
  return (
    <SettingsPage section="tokens" about={words.about} tools={tools}>
      {user && <Tokens key={user.id} user={user} isOwn={isOwn} />}
      {user && isCreating && (
        <NewToken user={user} isOwn={isOwn} onClose={() => setIsCreating(false)} />
      )}
    </SettingsPage>
  )
}
