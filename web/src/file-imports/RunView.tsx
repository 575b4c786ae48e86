import { NotFoundError } from '@doorstep/client/errors'
import type { Import } from '@doorstep/contract/imports'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { fileImportQuery, stopFileImport } from '../api/file-imports.ts'
import { readImportsAgain } from '../api/imports.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Message } from '../parts/Message.tsx'
import { Meter } from '../parts/Meter.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { say } from '../parts/toasts.ts'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { Counts, LeftOut, Rejected } from './RunReport.tsx'

const { run: words, stop, stopped } = fileImports

/** What it came to, in a sentence. */
function Outcome({ fileImport }: { readonly fileImport: Import }) {
  const { state, counts, last_error: error } = fileImport
  if (state === 'failed') return <Message kind="trouble">{error}</Message>
  if (state === 'interrupted') return <Message kind="warning">{words.interrupted}</Message>
  if (!fileImport.files?.dry_run) return <Message kind="done">{words.done(counts.read)}</Message>
  const rest = counts.rejected === 0 ? words.allGood : words.someRejected(counts.rejected)
  return <Message kind="info">{`${words.dryDone} ${rest}`}</Message>
}

function Running({ fileImport }: { readonly fileImport: Import }) {
  const { files, counts } = fileImport
  const stopping = useMutation({
    mutationFn: () => stopFileImport(fileImport.id),
    onSettled: readImportsAgain,
    onError: () => say(stopped),
  })
  const share = files && files.bytes > 0 ? files.bytes_read / files.bytes : undefined
  return (
    <div className="running">
      <b>{files?.dry_run ? words.checking : words.importing}</b>
      <span className="muted num">{words.checked(counts.read)}</span>
      <Button
        size="small"
        aria-disabled={stopping.isPending}
        onClick={() => !stopping.isPending && stopping.mutate()}
      >
        {stop}
      </Button>
      <Meter name={words.progress} share={share} isLarge />
    </div>
  )
}

/** Once it has ended, what it stored is read again. */
function useEnd(fileImport: Import | undefined): void {
  const hasEnded =
    fileImport !== undefined && !fileImport.is_running && fileImport.files?.dry_run === false
  useEffect(() => {
    if (hasEnded) void queryClient.invalidateQueries()
  }, [hasEnded])
}

/** How far an import of files is, and what it came to. */
export function RunView({ id }: { readonly id: number }) {
  const { data: fileImport, error, refetch } = useQuery(fileImportQuery(id))
  useEnd(fileImport)
  if (error instanceof NotFoundError) {
    return <Empty title={words.failedRead} help={words.gone} />
  }
  if (!fileImport && error) {
    return <Failed title={words.failedRead} error={error} onRetry={() => void refetch()} />
  }
  if (!fileImport) return <Skeleton rows={4} hasDisc={false} />
  const names = fileImport.files?.files.map(({ name }) => name).join(', ')
  return (
    <>
      <SettingsBox title={names} about={words.states[fileImport.state]} isPadded className="run">
        {fileImport.is_running ? (
          <Running fileImport={fileImport} />
        ) : (
          <Outcome fileImport={fileImport} />
        )}
        <Counts fileImport={fileImport} />
      </SettingsBox>
      {!fileImport.is_running && <LeftOut fileImport={fileImport} />}
      <Rejected fileImport={fileImport} />
    </>
  )
}
