import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { reloadTokens, type Token } from '../../api/tokens.ts'
import { Button } from '../../parts/Button.tsx'
import { Question } from '../../parts/Question.tsx'
import { say } from '../../parts/toasts.ts'
import { date } from '../../texts/format.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { lastUsed } from '../ago.ts'
import { Scopes } from '../Scopes.tsx'
import { SettingsBox } from '../SettingsBox.tsx'

const { tokens: words, settings } = texts

const nameOf = ({ description }: Token) => description || words.unnamed

interface RevokeProps {
  readonly token: Token
  readonly onClose: () => void
}

function Revoke({ token, onClose }: RevokeProps) {
  const revoke = useMutation({
    mutationFn: () => client.tokens.remove(token.id),
    onSuccess: async () => {
      await reloadTokens()
      say(words.revoked(nameOf(token)))
      onClose()
    },
  })
  return (
    <Question
      title={words.revokeTitle(nameOf(token))}
      help={words.revokeHelp}
      confirm={settings.revoke}
      isPending={revoke.isPending}
      problem={revoke.error ? problemOf(revoke.error, words.failed) : undefined}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    />
  )
}

interface TokenRowsProps {
  readonly tokens: readonly Token[]
  readonly title: string
}

/** Tokens with what they may do and when they were last used. */
export function TokenRows({ tokens, title }: TokenRowsProps) {
  const [revoked, setRevoked] = useState<Token>()
  const [now] = useState(Date.now)
  const endsIn = ({ expires_at: end }: Token) => {
    if (end === null) return words.noEnd
    return new Date(end).getTime() < now ? words.ended(date(end)) : words.ends(date(end))
  }
  return (
    <SettingsBox title={title} className="secret-rows">
      <ul>
        {tokens.map((token) => (
          <li key={token.id}>
            <span className="what">
              <b dir="auto" className="ellipsis" title={nameOf(token)}>
                {nameOf(token)}
              </b>
              <span dir="auto" className="faint small ellipsis">
                {settings.created(date(token.created_at))}
                {' · '}
                {endsIn(token)}
              </span>
            </span>
            <Scopes scopes={token.scopes} />
            <span className="when muted num">{lastUsed(token.last_used_at, now)}</span>
            <Button
              size="small"
              aria-label={words.revokeName(nameOf(token))}
              onClick={() => setRevoked(token)}
            >
              {settings.revoke}
            </Button>
          </li>
        ))}
      </ul>
      {revoked && <Revoke token={revoked} onClose={() => setRevoked(undefined)} />}
    </SettingsBox>
  )
}
