import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { reloadUsers, type User } from '../../api/users.ts'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { Select } from '../../parts/Select.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { OneTimeSecret } from '../OneTimeSecret.tsx'
import type { Teams } from './teams.ts'
import { UserPicker } from './UserPicker.tsx'

const { users: words } = texts

const roles = [
  { value: 'user', name: words.roles.user },
  { value: 'admin', name: words.roles.admin },
] as const

interface ManagerChoiceProps {
  readonly users: readonly User[]
  readonly teams: Teams
  readonly manager: User | undefined
  readonly onManager: (manager: User | undefined) => void
}

/** Whoever has most reports comes first. */
function ManagerChoice({ users, teams, manager, onManager }: ManagerChoiceProps) {
  const rank = ({ id }: User) => -teams.reportsOf(id).length
  return (
    <div className="labelled">
      <span className="label">{words.columns.reportsTo}</span>
      <UserPicker
        name={words.columns.reportsTo}
        value={manager}
        users={users.toSorted((a, b) => rank(a) - rank(b))}
        hasNobody
        onUser={onManager}
      />
    </div>
  )
}

interface InviteUsersProps {
  readonly users: readonly User[]
  readonly teams: Teams
  readonly onClose: () => void
}

const Invited = ({ name, link }: { readonly name: string; readonly link: string }) => (
  <Message kind="done">
    {words.linkFor(name)}
    <OneTimeSecret name={words.linkOf(name)} secret={link} />
  </Message>
)

/** One person after the other, each with a link that is shown only now. */
export function InviteUsers({ users, teams, onClose }: InviteUsersProps) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<'user' | 'admin'>('user')
  const [manager, setManager] = useState<User>()
  const invite = useMutation({
    mutationFn: () =>
      client.invitations.create({
        name: name.trim(),
        email: email.trim(),
        role,
        reports_to: manager?.id ?? null,
      }),
    onSuccess: async () => {
      setName('')
      setEmail('')
      await reloadUsers()
    },
  })
  const done = invite.data?.data
  return (
    <Modal
      isOpen
      onClose={onClose}
      title={words.invite}
      help={words.inviteHelp}
      className="settings-dialog"
    >
      {done && <Invited {...done} />}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!invite.isPending) invite.mutate()
        }}
      >
        <TextField
          label={words.name}
          autoComplete="off"
          required
          autoFocus
          value={name}
          onText={setName}
        />
        <TextField
          label={words.email}
          type="email"
          autoComplete="off"
          required
          value={email}
          onText={setEmail}
        />
        <div className="pair">
          <div className="labelled">
            <span className="label">{words.may}</span>
            <Select name={words.may} value={role} onValue={setRole} choices={roles} />
          </div>
          <ManagerChoice {...{ users, teams, manager }} onManager={setManager} />
        </div>
        {invite.error && <Message kind="trouble">{problemOf(invite.error, words.failed)}</Message>}
        <div className="actions">
          <Button onClick={onClose}>{done ? texts.settings.done : texts.settings.cancel}</Button>
          <Button kind="primary" type="submit" aria-disabled={invite.isPending}>
            {words.makeLink}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
