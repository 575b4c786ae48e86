import { useMutation } from '@tanstack/react-query'
import { Mail, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import type { Invitation } from '../../api/invitations.ts'
import { reloadUsers, type User } from '../../api/users.ts'
import { Button } from '../../parts/Button.tsx'
import { Question } from '../../parts/Question.tsx'
import { say } from '../../parts/toasts.ts'
import { day } from '../../texts/format.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { OneTimeSecret } from '../OneTimeSecret.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import type { Teams } from './teams.ts'

const { users: words } = texts

interface WithdrawProps {
  readonly user: User
  readonly onClose: () => void
}

function Withdraw({ user, onClose }: WithdrawProps) {
  const withdraw = useMutation({
    mutationFn: () => client.invitations.remove(user.id),
    onSuccess: async () => {
      await reloadUsers()
      say(words.withdrawn(user.name))
      onClose()
    },
  })
  return (
    <Question
      title={words.withdrawTitle(user.name)}
      help={words.withdrawHelp}
      confirm={words.withdraw}
      isPending={withdraw.isPending}
      problem={withdraw.error ? problemOf(withdraw.error, words.failed) : undefined}
      onConfirm={() => withdraw.mutate()}
      onClose={onClose}
    />
  )
}

interface InvitedProps {
  readonly user: User
  readonly invitation: Invitation | undefined
  readonly manager: User | undefined
  readonly now: number
  readonly onWithdraw: () => void
}

function Invited({ user, invitation, manager, now, onWithdraw }: InvitedProps) {
  const { name, email, role, reports_to } = user
  const invite = useMutation({
    mutationFn: () => client.invitations.create({ name, email, role, reports_to }),
    onSuccess: reloadUsers,
    onError: (error) => say(problemOf(error, words.failed)),
  })
  const isOver = !invitation || new Date(invitation.expires_at).getTime() < now
  const link = invite.data?.data.link
  return (
    <li>
      <span className="envelope">
        <Mail aria-hidden="true" />
      </span>
      <b dir="auto" className="ellipsis">
        {name}
      </b>
      <span dir="auto" className="ellipsis muted">
        {email}
      </span>
      <span dir="auto" className="ellipsis">
        {role === 'admin' ? words.ranks.admin : words.ranks.rep}
      </span>
      <span dir="auto" className="ellipsis">
        {manager?.name ?? words.nobody}
      </span>
      <span className={isOver ? 'over' : 'muted'}>
        {invitation
          ? words.invitedUntil(day(invitation.created_at), day(invitation.expires_at), isOver)
          : words.ranOut}
      </span>
      <span className="ends">
        <Button
          size="small"
          aria-label={words.newLinkFor(name)}
          title={words.newLinkHelp}
          onClick={() => invite.mutate()}
        >
          {words.newLink}
        </Button>
        <Button
          kind="ghost"
          size="small"
          isIcon
          aria-label={words.withdrawTitle(name)}
          title={words.withdraw}
          onClick={onWithdraw}
        >
          <Trash2 />
        </Button>
      </span>
      {link !== undefined && <OneTimeSecret name={words.linkOf(name)} secret={link} />}
    </li>
  )
}

interface InvitationsProps {
  readonly users: readonly User[]
  readonly invitations: readonly Invitation[]
  readonly teams: Teams
  readonly now: number
}

/** Who was invited and has not come yet. */
export function Invitations({ users, invitations, teams, now }: InvitationsProps) {
  const [withdrawn, setWithdrawn] = useState<User>()
  return (
    <SettingsBox title={words.invited} about={words.invitedHelp} className="invited-users">
      <ul>
        {users.map((user) => (
          <Invited
            key={user.id}
            user={user}
            invitation={invitations.find(({ id }) => id === user.id)}
            manager={teams.find(user.reports_to)}
            now={now}
            onWithdraw={() => setWithdrawn(user)}
          />
        ))}
      </ul>
      {withdrawn && <Withdraw user={withdrawn} onClose={() => setWithdrawn(undefined)} />}
    </SettingsBox>
  )
}
