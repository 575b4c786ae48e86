import { UnprocessableError } from '@doorstep/client/errors'
import { passwordLengthMin } from '@doorstep/contract/limits'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'

import { client } from '../../api/client.ts'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { PasswordField } from '../../parts/PasswordField.tsx'
import { say } from '../../parts/toasts.ts'
import { signInProblem } from '../../session/sign-in-problem.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'

const { account, session } = texts

/** The present password was wrong, or what else the server says. */
const problemWith = (error: Error): string =>
  error instanceof UnprocessableError && error.fields.has('/old')
    ? account.wrongOld
    : signInProblem(error)

/** A new password, which also signs out everywhere else. */
export function PasswordForm() {
  const [old, setOld] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => client.users.changePassword({ old, new: next }),
    onSuccess: () => {
      setOld('')
      setNext('')
      say(account.savedPassword)
    },
  })
  const isReady = old !== '' && next.length >= passwordLengthMin
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isReady && !change.isPending) change.mutate()
  }
  return (
    <SettingsBox title={account.password} about={account.passwordAbout}>
      <form className="form padded" onSubmit={submit}>
        <div className="two">
          <PasswordField
            label={account.old}
            autoComplete="current-password"
            required
            value={old}
            onText={setOld}
          />
          <PasswordField
            label={account.next}
            autoComplete="new-password"
            required
            minLength={passwordLengthMin}
            value={next}
            onText={setNext}
            hint={session.passwordHint(passwordLengthMin, next.length)}
          />
        </div>
        {change.error && <Message kind="trouble">{problemWith(change.error)}</Message>}
        <div className="end">
          <span className="muted">{account.everywhere}</span>
          <Button type="submit" disabled={!isReady} aria-disabled={change.isPending}>
            {account.change}
          </Button>
        </div>
      </form>
    </SettingsBox>
  )
}
