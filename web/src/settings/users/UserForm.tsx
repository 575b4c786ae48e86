import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { reloadUsers, type User } from '../../api/users.ts'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { offerUndo, say } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'

const { users: words } = texts

interface UserFormProps {
  readonly user: User
  readonly onClose: () => void
}

/** Name, e-mail address and telephone of a person. */
export function UserForm({ user, onClose }: UserFormProps) {
  const former = { name: user.name, email: user.email, phone_number: user.phone_number }
  const [typed, setTyped] = useState(former)
  const save = useMutation({
    mutationFn: () =>
      client.users.update(user.id, {
        name: typed.name.trim(),
        email: typed.email.trim(),
        phone_number: typed.phone_number?.trim() || null,
      }),
    onSuccess: async () => {
      await reloadUsers()
      offerUndo(words.changed(typed.name), () => {
        client.users.update(user.id, former).then(reloadUsers, (error: unknown) => {
          say(problemOf(error, words.failed))
        })
      })
      onClose()
    },
  })
  return (
    <Modal isOpen onClose={onClose} title={user.name} className="settings-dialog">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        <TextField
          label={words.name}
          required
          value={typed.name}
          onText={(name) => setTyped({ ...typed, name })}
        />
        <TextField
          label={words.email}
          type="email"
          required
          value={typed.email}
          onText={(email) => setTyped({ ...typed, email })}
        />
        <TextField
          label={words.phone}
          type="tel"
          aside={words.optional}
          value={typed.phone_number ?? ''}
          onText={(phone) => setTyped({ ...typed, phone_number: phone })}
        />
        {save.error && <Message kind="trouble">{problemOf(save.error, words.failed)}</Message>}
        <div className="actions">
          <Button onClick={onClose}>{texts.settings.cancel}</Button>
          <Button kind="primary" type="submit" aria-disabled={save.isPending}>
            {words.save}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
