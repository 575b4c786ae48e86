import type { SessionItem } from '@doorstep/client/sessions'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'

import { client } from '../api/client.ts'
import { countWaiting } from '../offline/waiting-here.ts'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { PasswordField } from '../parts/PasswordField.tsx'
import { TextField } from '../parts/TextField.tsx'
import { texts } from '../texts/texts.ts'
import { mustNameAccount, signInProblem } from './sign-in-problem.ts'

interface SignInFormProps {
  readonly email?: string | undefined
  readonly onSignedIn: (session: SessionItem['data']) => void
}

const { session } = texts

export function SignInForm({ email: known = '', onSignedIn }: SignInFormProps) {
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [account, setAccount] = useState('')
  const [asksAccount, setAsksAccount] = useState(false)
  const signIn = useMutation({
    mutationFn: () => client.session.create({ email, password, ...(account && { account }) }),
    onSuccess: ({ data }) => onSignedIn(data),
    onError: (error) => {
      if (mustNameAccount(error)) setAsksAccount(true)
    },
  })
  const { data: waiting = 0 } = useQuery({
    queryKey: ['waiting_here'],
    queryFn: countWaiting,
    staleTime: 0,
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!signIn.isPending) signIn.mutate()
  }
  return (
    <form className="form" onSubmit={submit}>
      <TextField
        label={session.email}
        size="large"
        type="email"
        name="email"
        autoComplete="username"
        required
        autoFocus={known === ''}
        value={email}
        onText={setEmail}
      />
      <PasswordField
        label={session.password}
        size="large"
        name="password"
        autoComplete="current-password"
        required
        autoFocus={known !== ''}
        value={password}
        onText={setPassword}
      />
      {asksAccount && (
        <TextField
          label={session.account}
          size="large"
          required
          autoFocus
          value={account}
          onText={setAccount}
        />
      )}
      {waiting > 0 && <Message kind="info">{texts.outbox.signIn(waiting)}</Message>}
      {signIn.error && <Message kind="trouble">{signInProblem(signIn.error)}</Message>}
      <Button kind="primary" size="large" isWide type="submit" aria-disabled={signIn.isPending}>
        {session.signIn}
      </Button>
    </form>
  )
}
