import { RadioGroup } from '@base-ui/react/radio-group'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Download, House, UsersRound } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'

import { client } from '../api/client.ts'
import { importProblem, startImport } from '../api/imports.ts'
import { TokenField } from '../imports/TokenField.tsx'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { Tag } from '../parts/Tag.tsx'
import { Gate } from '../session/Gate.tsx'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { SetupSteps } from './SetupSteps.tsx'
import { WayCard } from './WayCard.tsx'

const { visits } = texts.setup

type Way = 'sell' | 'demo' | 'empty'

const actions = { sell: visits.startImport, demo: visits.addDemo, empty: visits.next }

/** How visits come into a new account. */
export function SetupVisitsScreen() {
  const router = useRouter()
  const [way, setWay] = useState<Way>('sell')
  const [token, setToken] = useState('')
  const bringIn = useMutation({
    mutationFn: async () => {
      if (way === 'sell') await startImport(token, true)
      if (way === 'demo') await client.demo.create()
    },
    gcTime: 0,
    onSuccess: () => router.navigate({ to: way === 'sell' ? '/import' : '/setup/people' }),
  })
  const problem = bringIn.error ? importProblem(bringIn.error) : undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!bringIn.isPending) bringIn.mutate()
  }
  return (
    <Gate fine={visits.fine}>
      <SetupSteps current="visits" />
      <h1>{visits.title}</h1>
      <p className="lead">{visits.help}</p>
      <form className="form" onSubmit={submit}>
        <RadioGroup
          className="setup-ways"
          aria-label={visits.ways}
          value={way}
          onValueChange={(chosen: Way) => {
            setWay(chosen)
            bringIn.reset()
          }}
        >
          <WayCard
            value="sell"
            title={visits.sell}
            tag={<Tag>{visits.recommended}</Tag>}
            help={visits.sellHelp}
            Icon={Download}
          >
            {way === 'sell' && (
              <TokenField size="large" value={token} onText={setToken} problem={problem} />
            )}
          </WayCard>
          <WayCard value="demo" title={visits.demo} help={visits.demoHelp} Icon={UsersRound} />
          <WayCard value="empty" title={visits.empty} help={visits.emptyHelp} Icon={House} />
        </RadioGroup>
        {bringIn.isPending && way === 'demo' && <Message kind="info">{visits.adding}</Message>}
        {bringIn.error && way !== 'sell' && (
          <Message kind="trouble">{problemOf(bringIn.error, visits.failed)}</Message>
        )}
        <Button kind="primary" size="large" isWide type="submit" aria-disabled={bringIn.isPending}>
          {actions[way]}
        </Button>
      </form>
    </Gate>
  )
}
