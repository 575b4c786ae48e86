import { useMutation, useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { type OAuthClient, oauthClientsQuery, reloadOauth } from '../../api/oauth-clients.ts'
import { Button } from '../../parts/Button.tsx'
import { copy } from '../../parts/copy.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Question } from '../../parts/Question.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { Tag } from '../../parts/Tag.tsx'
import { say } from '../../parts/toasts.ts'
import { date } from '../../texts/format.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'

const { oauth: words, settings } = texts

interface RemoveProps {
  readonly program: OAuthClient
  readonly onClose: () => void
}

function Remove({ program, onClose }: RemoveProps) {
  const remove = useMutation({
    mutationFn: () => client.oauthClients.remove(program.id),
    onSuccess: async () => {
      await reloadOauth()
      say(words.removed(program.name))
      onClose()
    },
  })
  return (
    <Question
      title={words.removeTitle(program.name)}
      help={words.removeHelp}
      confirm={words.remove}
      isPending={remove.isPending}
      problem={remove.error ? problemOf(remove.error, words.failed) : undefined}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  )
}

interface ProgramProps {
  readonly program: OAuthClient
  readonly onRemove: () => void
}

const Program = ({ program, onRemove }: ProgramProps) => (
  <li>
    <span className="what">
      <span className="named">
        <b dir="auto" className="ellipsis">
          {program.name}
        </b>
        {program.public && <Tag>{words.publicTag}</Tag>}
      </span>
      <span dir="auto" className="faint small ellipsis" title={program.redirect_uris.join('\n')}>
        {program.redirect_uris.join(', ')}
      </span>
    </span>
    <span className="identity">
      <span dir="auto" className="mono ellipsis muted" title={program.client_id}>
        {program.client_id}
      </span>
      <Button
        kind="ghost"
        size="small"
        isIcon
        aria-label={words.copyId(program.name)}
        title={words.copyId(program.name)}
        onClick={() => void copy(program.client_id, settings.copied)}
      >
        <Copy />
      </Button>
    </span>
    <span className="when muted num">{settings.created(date(program.created_at))}</span>
    <Button size="small" aria-label={words.removeName(program.name)} onClick={onRemove}>
      {words.remove}
    </Button>
  </li>
)

/** The programs that may ask people for access; for admins. */
export function Clients() {
  const { data, error, isPending, refetch } = useQuery(oauthClientsQuery)
  const [removed, setRemoved] = useState<OAuthClient>()
  return (
    <SettingsBox title={words.programs} about={words.programsHelp} className="secret-rows">
      {isPending && (
        <div className="padded">
          <Skeleton rows={2} hasDisc={false} />
        </div>
      )}
      {error && !data && (
        <Failed title={words.notRead} error={error} onRetry={() => void refetch()} />
      )}
      {data?.length === 0 && <p className="none muted">{words.noPrograms}</p>}
      {data && data.length > 0 && (
        <ul>
          {data.map((program) => (
            <Program key={program.id} program={program} onRemove={() => setRemoved(program)} />
          ))}
        </ul>
      )}
      {removed && <Remove program={removed} onClose={() => setRemoved(undefined)} />}
    </SettingsBox>
  )
}
