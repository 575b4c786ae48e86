import type { InvitationItem } from '@doorstep/client/invitations'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Copy } from 'lucide-react'
import { type Ref, type SubmitEvent, useRef, useState } from 'react'

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

interface Draft {
  readonly name: string
  readonly email: string
  readonly role: 'user' | 'admin'
}

interface PersonFieldsProps {
  readonly draft: Draft
  readonly first: Ref<HTMLInputElement>
  readonly onDraft: (draft: Draft) => void
}

const PersonFields = ({ draft, first, onDraft }: PersonFieldsProps) => (
  <>
    <TextField
      ref={first}
      label={people.name}
      size="large"
      autoComplete="off"
      required
      autoFocus
      value={draft.name}
      onText={(name) => onDraft({ ...draft, name })}
    />
    <TextField
      label={people.email}
      size="large"
      type="email"
      autoComplete="off"
      required
      value={draft.email}
      onText={(email) => onDraft({ ...draft, email })}
    />
    <div className="text-field large">
      <div className="label">
        <span aria-hidden="true">{people.role}</span>
      </div>
      <Select
        name={people.role}
        value={draft.role}
        onValue={(role) => onDraft({ ...draft, role })}
        choices={roles}
      />
    </div>
  </>
)

/** Invites people, each by a link of their own. */
export function SetupPeopleScreen() {
  const [draft, setDraft] = useState<Draft>(nobody)
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
  const isBegun = invited.length > 0
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!invite.isPending) invite.mutate()
  }
  return (
    <Gate fine={people.fine}>
      <SetupSteps current="people" />
      <h1>{people.title}</h1>
      <p className="lead">{people.help}</p>
      {isBegun && <Links invited={invited} />}
      <form className="form" onSubmit={submit}>
        <div className="setup-person">
          <PersonFields draft={draft} first={first} onDraft={setDraft} />
          <Button
            kind={isBegun ? 'quiet' : 'primary'}
            size="large"
            type="submit"
            aria-disabled={invite.isPending}
          >
            {people.invite}
          </Button>
        </div>
        {invite.error && <Message kind="trouble">{problemOf(invite.error, people.failed)}</Message>}
      </form>
      <div className="setup-end">
        {isBegun ? (
          // No way back: the links are shown only here.
          <Link className={buttonClass({ kind: 'primary', size: 'large' })} to="/">
            {people.done}
          </Link>
        ) : (
          <>
            <Link className={buttonClass({ size: 'large' })} to="/setup/visits">
              {people.back}
            </Link>
            <Link className="link" to="/">
              {people.later}
            </Link>
          </>
        )}
      </div>
    </Gate>
  )
}
