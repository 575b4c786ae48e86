import { oauthClientNameLengthMax, redirectUrisMax } from '@doorstep/contract/limits'
import type { CreatedOAuthClient } from '@doorstep/contract/oauth-clients'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { reloadOauth } from '../../api/oauth-clients.ts'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { CheckLine } from '../CheckLine.tsx'
import { OneTimeSecret } from '../OneTimeSecret.tsx'

const { oauth: words, settings } = texts

interface NewClientProps {
  readonly onClose: () => void
}

const urisOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)

interface MadeClientProps extends NewClientProps {
  readonly made: CreatedOAuthClient
}

const MadeClient = ({ made, onClose }: MadeClientProps) => (
  <Modal isOpen onClose={onClose} title={words.created(made.name)} className="settings-dialog">
    <div>
      <span className="eyebrow">{words.clientId}</span>
      <OneTimeSecret name={words.clientId} secret={made.client_id} />
    </div>
    {made.client_secret === null ? (
      <p className="muted">{words.noSecret}</p>
    ) : (
      <div>
        <span className="eyebrow">{words.secret}</span>
        <OneTimeSecret name={words.secret} secret={made.client_secret} />
      </div>
    )}
    {made.client_secret !== null && <Message kind="warning">{settings.shownOnce}</Message>}
    <div className="actions">
      <Button kind="primary" onClick={onClose}>
        {settings.done}
      </Button>
    </div>
  </Modal>
)

/** A program's name and addresses; then its id and its secret, once. */
export function NewClient({ onClose }: NewClientProps) {
  const [name, setName] = useState('')
  const [uris, setUris] = useState('')
  const [isPublic, setIsPublic] = useState(false)
  const create = useMutation({
    mutationFn: () =>
      client.oauthClients.create({
        name: name.trim(),
        redirect_uris: urisOf(uris),
        public: isPublic,
      }),
    onSuccess: reloadOauth,
  })
  const made = create.data?.data
  if (made) return <MadeClient made={made} onClose={onClose} />
  return (
    <Modal isOpen onClose={onClose} title={words.register} className="settings-dialog">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!create.isPending) create.mutate()
        }}
      >
        <TextField
          label={words.name}
          hint={words.nameHint}
          autoComplete="off"
          required
          autoFocus
          maxLength={oauthClientNameLengthMax}
          value={name}
          onText={setName}
        />
        <TextField
          label={words.uris}
          hint={words.urisHint(redirectUrisMax)}
          autoComplete="off"
          required
          spellCheck={false}
          value={uris}
          onText={setUris}
        />
        <CheckLine
          label={words.isPublic}
          help={words.isPublicHelp}
          isChecked={isPublic}
          onChecked={setIsPublic}
        />
        {create.error && <Message kind="trouble">{problemOf(create.error, words.failed)}</Message>}
        <div className="actions">
          <Button onClick={onClose}>{settings.cancel}</Button>
          <Button kind="primary" type="submit" aria-disabled={create.isPending}>
            {words.registerDo}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
