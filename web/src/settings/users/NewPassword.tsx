import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import type { User } from '../../api/users.ts'
import { Button } from '../../parts/Button.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { Question } from '../../parts/Question.tsx'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { OneTimeSecret } from '../OneTimeSecret.tsx'

const { users: words } = texts

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of five that are easy to read aloud; 98 bits. */
function inventPassword(): string {
  const picks = crypto.getRandomValues(new Uint32Array(20))
  const text = [...picks].map((pick) => letters[pick % letters.length]).join('')
  return text.replaceAll(/.{5}(?=.)/g, '$&-')
}

interface NewPasswordProps {
  readonly user: User
  readonly onClose: () => void
}

/** For whoever has forgotten theirs: a new password, shown once. */
export function NewPassword({ user, onClose }: NewPasswordProps) {
  const [password] = useState(inventPassword)
  const set = useMutation({
    mutationFn: () => client.users.setPassword(user.id, { new: password }),
  })
  if (!set.isSuccess) {
    return (
      <Question
        title={words.passwordTitle(user.name)}
        help={words.passwordHelp}
        confirm={words.passwordDo}
        isPending={set.isPending}
        problem={set.error ? problemOf(set.error, words.failed) : undefined}
        onConfirm={() => set.mutate()}
        onClose={onClose}
      />
    )
  }
  return (
    <Modal
      isOpen
      onClose={onClose}
      title={words.passwordDone(user.name)}
      help={words.passwordShown}
      className="settings-dialog"
    >
      <OneTimeSecret name={words.password} secret={password} />
      <div className="actions">
        <Button kind="primary" onClick={onClose}>
          {texts.settings.done}
        </Button>
      </div>
    </Modal>
  )
}
