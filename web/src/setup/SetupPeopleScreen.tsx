import type { InvitationItem } from '@doorstep/client/invitations'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Copy } from 'lucide-react'
import { type SubmitEvent, useRef, useState } from 'react'

import { client } from '../api/client.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { Message } from '../parts/Message.tsx'
import { Select } from '../parts/Select.tsx'
import { TextField } from '../parts/TextField.tsx'
import { Gate } from '../session/Gate.tsx'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { SetupSteps } from './SetupSteps.tsx'

const { people } = texts.setup

type Invited = InvitationItem['data']

const nobody = { name: '', email: '', role: 'user' } as const
const roles = [
  { value: 'user', name: people.roles.user },
  { value: 'admin', name: people.roles.admin },
] as const

interface LinksProps {
  readonly invited: readonly Invited[]
}

const Links = ({ invited }: LinksProps) => (
  <ul className="setup-links" aria-label={people.links}>
    {invited.map(({ id, name, link }) => (
      <li key={id}>
        <span>
          <b dir="auto" className="ellipsis">
            {name}
          </b>
          <input className="mono faint" readOnly aria-label={people.copy} value={link} />
        </span>
        <Button
          isIcon
          aria-label={`${people.copy}: ${name}`}
          onClick={() => void copy(link, people.copied)}
        >
          <Copy />
        </Button>
      </li>
    ))}
  </ul>
)

/** Invites people, each by a link of their own. */
export function SetupPeopleScreen() {
  const [draft, setDraft] = useState<{ name: string; email: string; role: 'user' | 'admin' }>(
    nobody,
  )
  const [invited, setInvited] = useState<readonly Invited[]>([])
  const first = useRef<HTMLInputElement>(null)
  const invite = useMutation({
    mutationFn: () => client.invitations.create(draft),
    onSuccess: ({ data }) => {
      setInvited((before) => [...before.filter(({ id }) => id !== data.id), data])
      setDraft(nobody)
      first.current?.focus()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!invite.isPending) invite.mutate()
  }
  return (
    <Gate fine={people.fine}>
      <SetupSteps current="people" />
      <h1>{people.title}</h1>
      <p className="lead">{people.help}</p>
      {invited.length > 0 && <Links invited={invited} />}
      <form className="form" onSubmit={submit}>
        <div className="setup-person">
          <TextField
            ref={first}
            label={people.name}
            size="large"
            autoComplete="off"
            required
            autoFocus
            value={draft.name}
            onText={(name) => setDraft({ ...draft, name })}
          />
          <TextField
            label={people.email}
            size="large"
            type="email"
            autoComplete="off"
            required
            value={draft.email}
            onText={(email) => setDraft({ ...draft, email })}
          />
          <Select
            name={people.role}
            value={draft.role}
            onValue={(role) => setDraft({ ...draft, role })}
            choices={roles}
          />
          <Button size="large" type="submit" aria-disabled={invite.isPending}>
            {people.invite}
          </Button>
        </div>
        {invite.error && <Message kind="trouble">{problemOf(invite.error, people.failed)}</Message>}
      </form>
      <div className="setup-end">
        <Link className={buttonClass({ kind: 'primary', size: 'large' })} to="/">
          {invited.length > 0 ? people.done : people.later}
        </Link>
      </div>
    </Gate>
  )
}
