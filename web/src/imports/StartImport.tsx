import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'

import { importProblem, readImportsAgain, startImport } from '../api/imports.ts'
import { Button } from '../parts/Button.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { FollowChoice } from './FollowChoice.tsx'
import { TokenField } from './TokenField.tsx'

const { start, token: words } = imports

export const startKey = ['imports', 'start'] as const

interface StartImportProps {
  /** What an earlier start came to. */
  readonly problem?: string | undefined
}

function Form({ problem }: StartImportProps) {
  const [token, setToken] = useState('')
  const [follow, setFollow] = useState(true)
  const starting = useMutation({
    mutationKey: startKey,
    mutationFn: () => startImport(token, follow),
    onSuccess: () => setToken(''),
    onSettled: readImportsAgain,
    gcTime: 0,
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!starting.isPending) starting.mutate()
  }
  const shown = starting.error ? importProblem(starting.error) : problem
  return (
    <form className="start-form" onSubmit={submit}>
      <TokenField
        size="large"
        value={token}
        onText={setToken}
        problem={starting.isPending ? undefined : shown}
      />
      <FollowChoice isOn={follow} onChange={setFollow} />
      <Button kind="primary" size="large" type="submit" aria-disabled={starting.isPending}>
        {starting.isPending ? words.checking : start.action}
      </Button>
    </form>
  )
}

/** Nothing was imported yet: what it brings, and the token that it takes. */
export const StartImport = ({ problem }: StartImportProps) => (
  <div className="start-import">
    <SettingsBox isPadded>
      <h2 className="title">{start.title}</h2>
      <p className="muted">{start.help}</p>
      <Form problem={problem} />
    </SettingsBox>
    <SettingsBox title={start.next} isPadded>
      <ol>
        {start.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </SettingsBox>
  </div>
)
