import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { Button } from '../../parts/Button.tsx'
import { Question } from '../../parts/Question.tsx'
import { say } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsRow } from '../SettingsRow.tsx'

const { general } = texts

/** Takes the made-up team out again. Asks, since what was logged at its customers goes as well. */
export function DemoBox() {
  const [isAsking, setIsAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => client.demo.remove(),
    onSuccess: async () => {
      setIsAsking(false)
      say(general.removed)
      await queryClient.invalidateQueries()
    },
  })
  return (
    <SettingsBox>
      <SettingsRow label={general.demo} help={general.demoHelp}>
        <Button kind="danger" onClick={() => setIsAsking(true)}>
          {general.removeDemo}
        </Button>
      </SettingsRow>
      {isAsking && (
        <Question
          title={general.question}
          help={general.questionHelp}
          confirm={remove.isPending ? general.removing : general.removeDemo}
          isPending={remove.isPending}
          problem={remove.error ? problemOf(remove.error, general.removeFailed) : undefined}
          onConfirm={() => remove.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </SettingsBox>
  )
}
