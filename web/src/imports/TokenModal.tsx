import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'

import { importProblem, readImportsAgain } from '../api/imports.ts'
import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { imports } from '../texts/en/imports.ts'
import { FollowChoice } from './FollowChoice.tsx'
import { TokenField } from './TokenField.tsx'

const { token: words } = imports

interface TokenModalProps {
  readonly title: string
  readonly help: string
  readonly action: string
  readonly onClose: () => void
  readonly run: (token: string, follow: boolean) => Promise<unknown>
  /** Whether it is asked if changes in Sell are to be followed. */
  readonly mayFollow?: boolean | undefined
}

/** Asks for Sell's token again, for an operation that needs it. */
export function TokenModal(props: TokenModalProps) {
  const { title, help, action, onClose, run, mayFollow = false } = props
  const [follow, setFollow] = useState(true)
  const [token, setToken] = useState('')
  const running = useMutation({
    mutationFn: () => run(token, follow),
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
        {mayFollow && <FollowChoice isOn={follow} onChange={setFollow} />}
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
