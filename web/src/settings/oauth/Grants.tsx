import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { type Grant, grantsQuery } from '../../api/grants.ts'
import { reloadOauth } from '../../api/oauth-clients.ts'
import { Button } from '../../parts/Button.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Question } from '../../parts/Question.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { say } from '../../parts/toasts.ts'
import { date } from '../../texts/format.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { Scopes } from '../Scopes.tsx'
import { SettingsBox } from '../SettingsBox.tsx'

const { oauth: words, settings } = texts

interface TakeBackProps {
  readonly grant: Grant
  readonly onClose: () => void
}

function TakeBack({ grant, onClose }: TakeBackProps) {
  const revoke = useMutation({
    mutationFn: () => client.grants.remove(grant.id),
    onSuccess: async () => {
      await reloadOauth()
      say(words.takenBack(grant.client_name))
      onClose()
    },
  })
  return (
    <Question
      title={words.takeBackTitle(grant.client_name)}
      help={words.takeBackHelp}
      confirm={settings.revoke}
      isPending={revoke.isPending}
      problem={revoke.error ? problemOf(revoke.error, words.failed) : undefined}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    />
  )
}

/** The apps that act in one's own name. */
export function Grants() {
  const { data, error, isPending, refetch } = useQuery(grantsQuery)
  const [revoked, setRevoked] = useState<Grant>()
  return (
    <SettingsBox title={words.grants} about={words.grantsHelp} className="secret-rows">
      {isPending && (
        <div className="padded">
          <Skeleton rows={2} hasDisc={false} />
        </div>
      )}
      {error && !data && (
        <Failed title={words.notRead} error={error} onRetry={() => void refetch()} />
      )}
      {data?.length === 0 && <p className="none muted">{words.noGrants}</p>}
      {data && data.length > 0 && (
        <ul>
          {data.map((grant) => (
            <li key={grant.id}>
              <span className="what">
                <b dir="auto" className="ellipsis">
                  {grant.client_name}
                </b>
                <span dir="auto" className="faint small ellipsis">
                  {words.allowed(date(grant.created_at))}
                </span>
              </span>
              <Scopes scopes={grant.scopes} />
              <span className="when muted num">
                {grant.expires_at === null ? words.noEnd : words.ends(date(grant.expires_at))}
              </span>
              <Button
                size="small"
                aria-label={words.takeBackTitle(grant.client_name)}
                onClick={() => setRevoked(grant)}
              >
                {settings.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {revoked && <TakeBack grant={revoked} onClose={() => setRevoked(undefined)} />}
    </SettingsBox>
  )
}
