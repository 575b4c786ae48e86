import type { Import } from '@doorstep/contract/imports'
import { useMutation } from '@tanstack/react-query'
import { Pause, Play, RefreshCw, Square } from 'lucide-react'
import { useState } from 'react'

import { client } from '../api/client.ts'
import { importProblem, readImportsAgain, resumeImport } from '../api/imports.ts'
import { Button } from '../parts/Button.tsx'
import { Question } from '../parts/Question.tsx'
import { say } from '../parts/toasts.ts'
import { imports } from '../texts/en/imports.ts'
import { problemOf } from '../texts/problem.ts'
import { stateOf } from './phases.ts'
import { TokenModal } from './TokenModal.tsx'

const { actions, resume, stop, update } = imports

interface ImportActionsProps {
  readonly sellImport: Import
}

/** Asked, since the token that the server forgets cannot be brought back. */
function StopModal({ sellImport, onClose }: ImportActionsProps & { readonly onClose: () => void }) {
  const stopping = useMutation({
    mutationFn: () => client.imports.stop(sellImport.id),
    onSuccess: async () => {
      await readImportsAgain()
      onClose()
    },
  })
  return (
    <Question
      title={stop.title}
      help={stop.help}
      confirm={stop.action}
      isPending={stopping.isPending}
      problem={stopping.error ? problemOf(stopping.error, stop.failed) : undefined}
      onConfirm={() => stopping.mutate()}
      onClose={onClose}
    />
  )
}

/** Pauses, or resumes with the token that the server still holds. */
function useTurn(sellImport: Import) {
  return useMutation({
    mutationFn: (state: 'paused' | 'running') => client.imports.update(sellImport.id, { state }),
    onSettled: readImportsAgain,
    onError: (error) => say(importProblem(error)),
  })
}

/** Pause, resume, stop, or keep in step: what the state of the import allows. */
export function ImportActions({ sellImport }: ImportActionsProps) {
  const [asked, setAsked] = useState<'resume' | 'update' | 'stop'>()
  const turn = useTurn(sellImport)
  const close = () => setAsked(undefined)
  const change = (state: 'paused' | 'running') => {
    if (!turn.isPending) turn.mutate(state)
  }
  const state = stateOf(sellImport)
  const isEnded = state === 'paused' || state === 'failed'
  return (
    <div className="actions">
      {sellImport.is_running && (
        <Button aria-disabled={turn.isPending} onClick={() => change('paused')}>
          <Pause aria-hidden="true" />
          {actions.pause}
        </Button>
      )}
      {isEnded && (
        <Button
          kind="primary"
          aria-disabled={turn.isPending}
          onClick={() => (sellImport.needs_token ? setAsked('resume') : change('running'))}
        >
          <Play aria-hidden="true" />
          {actions.resume}
        </Button>
      )}
      {state === 'done' && (
        <Button onClick={() => setAsked('update')}>
          <RefreshCw aria-hidden="true" />
          {actions.update}
        </Button>
      )}
      {(sellImport.is_running || (isEnded && !sellImport.needs_token)) && (
        <Button kind="ghost" onClick={() => setAsked('stop')}>
          <Square aria-hidden="true" />
          {actions.stop}
        </Button>
      )}
      {asked === 'stop' && <StopModal sellImport={sellImport} onClose={close} />}
      {asked === 'resume' && (
        <TokenModal
          {...resume}
          action={actions.resume}
          onClose={close}
          run={(given, follow) => resumeImport(sellImport.id, given, follow)}
          mayFollow
        />
      )}
      {asked === 'update' && (
        <TokenModal
          {...update}
          onClose={close}
          run={(given, follow) => resumeImport(sellImport.id, given, follow)}
          mayFollow
        />
      )}
    </div>
  )
}
