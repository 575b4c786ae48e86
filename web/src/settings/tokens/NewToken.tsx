import { type Scope, scopes } from '@doorstep/contract/operations'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { reloadTokens } from '../../api/tokens.ts'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { Select } from '../../parts/Select.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { CheckLine } from '../CheckLine.tsx'
import { OneTimeSecret } from '../OneTimeSecret.tsx'

const { tokens: words, settings } = texts

const lasts = ['never', '30', '90', '365'] as const
type Lasts = (typeof lasts)[number]

const endOf = (days: Lasts): string | null =>
  days === 'never' ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString()

interface ScopeChoiceProps {
  readonly chosen: readonly Scope[]
  readonly onChosen: (chosen: readonly Scope[]) => void
}

const ScopeChoice = ({ chosen, onChosen }: ScopeChoiceProps) => (
  <fieldset className="scope-choice">
    <legend>{words.scopes}</legend>
    {scopes.map((scope) => (
      <CheckLine
        key={scope}
        label={scope}
        help={settings.scopes[scope]}
        isChecked={chosen.includes(scope)}
        onChecked={(isOn) =>
          onChosen(scopes.filter((each) => (each === scope ? isOn : chosen.includes(each))))
        }
      />
    ))}
  </fieldset>
)

interface CreatedTokenProps {
  readonly token: string
  readonly onClose: () => void
}

const CreatedToken = ({ token, onClose }: CreatedTokenProps) => (
  <Modal isOpen onClose={onClose} title={words.created} className="settings-dialog">
    <Message kind="warning">{settings.shownOnce}</Message>
    <OneTimeSecret name={words.token} secret={token} />
    <div className="actions">
      <Button kind="primary" onClick={onClose}>
        {settings.done}
      </Button>
    </div>
  </Modal>
)

interface NewTokenProps {
  /** Whose it is. */
  readonly user: { readonly id: number; readonly name: string }
  readonly isOwn: boolean
  readonly onClose: () => void
}

/** What it is for and what it may do; then the token, once. */
export function NewToken({ user, isOwn, onClose }: NewTokenProps) {
  const [description, setDescription] = useState('')
  const [chosen, setChosen] = useState<readonly Scope[]>(['read'])
  const [days, setDays] = useState<Lasts>('never')
  const create = useMutation({
    mutationFn: () =>
      client.tokens.create({
        description: description.trim(),
        scopes: [...chosen],
        expires_at: endOf(days),
        user_id: user.id,
      }),
    onSuccess: reloadTokens,
  })
  if (create.data) return <CreatedToken token={create.data.data.token} onClose={onClose} />
  return (
    <Modal
      isOpen
      onClose={onClose}
      title={words.create}
      help={isOwn ? words.createHelp : words.createFor(user.name)}
      className="settings-dialog"
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!create.isPending && chosen.length > 0) create.mutate()
        }}
      >
        <TextField
          label={words.description}
          hint={words.descriptionHint}
          autoComplete="off"
          required
          autoFocus
          value={description}
          onText={setDescription}
        />
        <ScopeChoice chosen={chosen} onChosen={setChosen} />
        <div className="labelled">
          <span className="label">{words.lasts}</span>
          <Select
            name={words.lasts}
            value={days}
            onValue={setDays}
            choices={lasts.map((value) => ({ value, name: words.lastsFor[value] }))}
          />
        </div>
        {create.error && <Message kind="trouble">{problemOf(create.error, words.failed)}</Message>}
        <div className="actions">
          <Button onClick={onClose}>{settings.cancel}</Button>
          <Button kind="primary" type="submit" disabled={chosen.length === 0}>
            {words.create}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
