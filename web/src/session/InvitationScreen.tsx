import { passwordLengthMin } from '@doorstep/contract/limits'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'

import { appQuery } from '../api/app-info.ts'
import { client } from '../api/client.ts'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { PasswordField } from '../parts/PasswordField.tsx'
import { texts } from '../texts/texts.ts'
import { beginSession } from './begin-session.ts'
import { codeInLink } from './code-in-link.ts'
import { Gate } from './Gate.tsx'
import { signInProblem } from './sign-in-problem.ts'

const { invitation, password: passwordLabel, passwordHint, version } = texts.session

export function InvitationScreen() {
  const { data: app } = useQuery(appQuery)
  const router = useRouter()
  const [code] = useState(codeInLink)
  const [password, setPassword] = useState('')
  const accept = useMutation({
    mutationFn: (given: string) => client.session.acceptInvitation({ code: given, password }),
    onSuccess: ({ data }) => {
      beginSession(data)
      void router.navigate({ to: '/', replace: true })
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (code !== undefined && !accept.isPending) accept.mutate(code)
  }
  return (
    <Gate fine={app && version(location.host, app.version)}>
      <h1>{invitation.title(app?.account_name ?? null)}</h1>
      <p className="lead">{code === undefined ? invitation.noCode : invitation.help}</p>
      {code !== undefined && (
        <form className="form" onSubmit={submit}>
          <PasswordField
            label={passwordLabel}
            size="large"
            autoComplete="new-password"
            required
            minLength={passwordLengthMin}
            autoFocus
            hint={passwordHint(passwordLengthMin, password.length)}
            value={password}
            onText={setPassword}
          />
          {accept.error && (
            <Message kind="trouble">{signInProblem(accept.error, invitation.used)}</Message>
          )}
          <Button kind="primary" size="large" isWide type="submit" aria-disabled={accept.isPending}>
            {invitation.action}
          </Button>
        </form>
      )}
    </Gate>
  )
}
