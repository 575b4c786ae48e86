import type { User } from '@doorstep/contract/users'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'

import { client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { sessionQuery } from '../../api/sessions.ts'
import { usersQuery } from '../../api/users.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { say } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'

interface NameFormProps {
  readonly user: User
}

const { account, saving } = texts

/** Name and e-mail address: an admin changes them, others ask one. */
export function NameForm({ user }: NameFormProps) {
  const isAdmin = user.role === 'admin'
  const [name, setName] = useState(user.name)
  const [email, setEmail] = useState(user.email)
  const save = useMutation({
    mutationFn: () => client.users.update(user.id, { name: name.trim(), email: email.trim() }),
    onSuccess: async () => {
      say(account.savedName)
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: usersQuery.queryKey }),
      ])
    },
  })
  const isSame = name.trim() === user.name && email.trim() === user.email
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isSame && !save.isPending) save.mutate()
  }
  return (
    <SettingsBox className="who">
      <header className="person">
        <Avatar id={user.id} name={user.name} size="large" />
        <div>
          <h2 dir="auto" className="ellipsis">
            {user.name}
          </h2>
          <p dir="auto" className="muted ellipsis">
            {isAdmin ? account.admin : user.email}
          </p>
        </div>
      </header>
      {isAdmin ? (
        <form className="form padded" onSubmit={submit}>
          <div className="two">
            <TextField
              label={account.name}
              autoComplete="name"
              required
              value={name}
              onText={setName}
            />
            <TextField
              label={account.email}
              type="email"
              autoComplete="email"
              required
              value={email}
              onText={setEmail}
              hint={account.emailHint}
            />
          </div>
          {save.error && <Message kind="trouble">{problemOf(save.error, saving.failed)}</Message>}
          <div className="end">
            <Button type="submit" disabled={isSame} aria-disabled={save.isPending}>
              {account.saveName}
            </Button>
          </div>
        </form>
      ) : (
        <p className="padded muted">{account.askAdmin}</p>
      )}
    </SettingsBox>
  )
}
