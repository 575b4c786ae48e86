import { NotFoundError } from '@doorstep/client/errors'
import { passwordLengthMin } from '@doorstep/contract/limits'
import { useMutation } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'

import { client } from '../api/client.ts'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { PasswordField } from '../parts/PasswordField.tsx'
import { TextField } from '../parts/TextField.tsx'
import { beginSession } from '../session/begin-session.ts'
import { codeInLink } from '../session/code-in-link.ts'
import { Gate } from '../session/Gate.tsx'
import { signInProblem } from '../session/sign-in-problem.ts'
import { texts } from '../texts/texts.ts'
import { SetupSteps } from './SetupSteps.tsx'

const { you } = texts.setup
const { session } = texts

const fine = (
  <>
    {you.fine}
    <br />
    <span className="mono">{'./doorstep setup-link'}</span> {you.command}
  </>
)

/** Whoever has set it up already signs in. */
function SetupProblem({ problem }: { readonly problem: Error }) {
  if (!(problem instanceof NotFoundError)) {
    return <Message kind="trouble">{signInProblem(problem, you.used)}</Message>
  }
  const signIn = (
    <Link className="link" to="/sign-in">
      {session.signIn}
    </Link>
  )
  return (
    <Message kind="trouble" action={signIn}>
      {you.done}
    </Message>
  )
}

export function SetupScreen() {
  const router = useRouter()
  const [code] = useState(codeInLink)
  const [draft, setDraft] = useState({ account_name: '', name: '', email: '', password: '' })
  const set = (field: keyof typeof draft) => (value: string) =>
    setDraft((before) => ({ ...before, [field]: value }))
  const setUp = useMutation({
    mutationFn: (given: string) => client.session.setUp({ code: given, ...draft }),
    onSuccess: ({ data }) => {
      beginSession(data)
      void router.navigate({ to: '/setup/visits', replace: true })
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (code !== undefined && !setUp.isPending) setUp.mutate(code)
  }
  return (
    <Gate fine={fine}>
      <SetupSteps current="you" />
      <h1>{you.title}</h1>
      <p className="lead">{code === undefined ? you.noCode : you.help}</p>
      {code !== undefined && (
        <form className="form" onSubmit={submit}>
          <TextField
            label={you.account}
            aside={you.accountHint}
            size="large"
            autoComplete="organization"
            required
            autoFocus
            value={draft.account_name}
            onText={set('account_name')}
          />
          <TextField
            label={you.name}
            size="large"
            autoComplete="name"
            required
            value={draft.name}
            onText={set('name')}
          />
          <TextField
            label={session.email}
            size="large"
            type="email"
            autoComplete="username"
            required
            value={draft.email}
            onText={set('email')}
          />
          <PasswordField
            label={session.password}
            size="large"
            autoComplete="new-password"
            required
            minLength={passwordLengthMin}
            hint={session.passwordHint(passwordLengthMin, draft.password.length)}
            value={draft.password}
            onText={set('password')}
          />
          {setUp.error && <SetupProblem problem={setUp.error} />}
          <Button kind="primary" size="large" isWide type="submit" aria-disabled={setUp.isPending}>
            {you.action}
          </Button>
        </form>
      )}
    </Gate>
  )
}
