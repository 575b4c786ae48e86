import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { problemOf } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../parts/toasts.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsRow } from '../SettingsRow.tsx'

const { general, saving } = texts

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
      <Modal
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        className="settings-question"
        title={general.question}
        help={general.questionHelp}
      >
        {remove.error && (
          <Message kind="trouble">{problemOf(remove.error, general.removeFailed)}</Message>
        )}
        <div className="actions">
          <Button onClick={() => setIsAsking(false)}>{saving.keep}</Button>
          <Button
            kind="danger"
            aria-disabled={remove.isPending}
            onClick={() => remove.isPending || remove.mutate()}
          >
            {remove.isPending ? general.removing : general.removeDemo}
          </Button>
        </div>
      </Modal>
    </SettingsBox>
  )
}
