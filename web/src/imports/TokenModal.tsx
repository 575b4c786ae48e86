import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'

import { importProblem, readImportsAgain } from '../api/imports.ts'
import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { texts } from '../texts/texts.ts'
import { TokenField } from './TokenField.tsx'

const { token: words } = texts.imports

interface TokenModalProps {
  readonly title: string
  readonly help: string
  readonly action: string
  readonly onClose: () => void
  readonly run: (token: string) => Promise<unknown>
}

/** Asks for Sell's token once more, for something that takes it. */
export function TokenModal({ title, help, action, onClose, run }: TokenModalProps) {
  const [token, setToken] = useState('')
  const running = useMutation({
    mutationFn: () => run(token),
    onSuccess: () => {
      setToken('')
      onClose()
    },
    onSettled: readImportsAgain,
    gcTime: 0,
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!running.isPending) running.mutate()
  }
  return (
    <Modal isOpen onClose={onClose} title={title} help={help} className="token-dialog">
      <form onSubmit={submit}>
        <TokenField
          isFirst
          value={token}
          onText={setToken}
          problem={running.error ? importProblem(running.error) : undefined}
        />
        <div className="actions">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" type="submit" aria-disabled={running.isPending}>
            {running.isPending ? words.checking : action}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
