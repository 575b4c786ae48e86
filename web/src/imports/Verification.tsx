import type { Import } from '@doorstep/contract/imports'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FileCheck, Lock, RefreshCw } from 'lucide-react'
import { useState } from 'react'

import { client } from '../api/client.ts'
import { verificationQuery } from '../api/import-verifications.ts'
import { importProblem, readImportsAgain } from '../api/imports.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { Message } from '../parts/Message.tsx'
import { Meter } from '../parts/Meter.tsx'
import { say } from '../parts/toasts.ts'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { printShortWhen } from '../texts/short-when.ts'
import { isRead } from './phases.ts'
import { SidesGrid } from './SidesGrid.tsx'
import { fileOf, readSummary, type Summary } from './summary.ts'
import { TokenModal } from './TokenModal.tsx'
import { resultOf } from './verification-result.ts'

const { actions, verification } = imports

interface VerificationProps {
  readonly sellImport: Import
}

/** Starts the comparison, with the token that the server holds or one that is asked for. */
function VerifyButton({ sellImport, isAgain }: VerificationProps & { readonly isAgain: boolean }) {
  const [isAsked, setIsAsked] = useState(false)
  const starting = useMutation({
    mutationFn: () => client.imports.verify(sellImport.id),
    onSuccess: readImportsAgain,
    onError: (error) => say(importProblem(error)),
  })
  const label = isAgain ? actions.verifyAgain : actions.verify
  return (
    <>
      <Button
        size="small"
        aria-disabled={starting.isPending}
        onClick={() => {
          if (sellImport.needs_token) setIsAsked(true)
          else if (!starting.isPending) starting.mutate()
        }}
      >
        <RefreshCw aria-hidden="true" />
        {label}
      </Button>
      {isAsked && (
        <TokenModal
          title={verification.dialog}
          help={verification.dialogHelp}
          action={label}
          onClose={() => setIsAsked(false)}
          run={(token) => client.imports.verify(sellImport.id, { token: token.trim() })}
        />
      )}
    </>
  )
}

/** The last result, and the file that proves it. */
const Verified = ({ sellImport, summary }: VerificationProps & { readonly summary: Summary }) => (
  <>
    <SidesGrid summary={summary} />
    <footer className="small muted">
      <Lock aria-hidden="true" />
      <span>
        {`${fileOf(summary)}, ${verification.signed} ${verification.changedHere(summary.changedHere)} `}
        {summary.openConflicts > 0 ? (
          <Link className="link" to="/import" search={{ id: sellImport.id, show: 'conflicts' }}>
            {verification.openConflicts(summary.openConflicts)}
          </Link>
        ) : (
          verification.openConflicts(0)
        )}
      </span>
      <span className="spread" />
      <button
        type="button"
        className="link"
        onClick={() => void copy(summary.publicKey, verification.keyCopied)}
      >
        {verification.copyKey}
      </button>
    </footer>
  </>
)

/** The comparison of both sides: how to begin it, how far it is, and what it has come to. */
export function Verification({ sellImport }: VerificationProps) {
  const { data } = useQuery(verificationQuery(sellImport.id))
  if (!data) return null
  const summary = readSummary(data.summary)
  const isRunning = data.state === 'running'
  const mayStart = !isRunning && isRead(sellImport)
  const { compared, expected } = data
  const help = summary
    ? resultOf(summary, sellImport)
    : [verification.none, ...(isRead(sellImport) ? [] : [verification.wait])].join(' ')
  const title = summary
    ? verification.verified(summary.account, printShortWhen(summary.endedAt))
    : verification.title
  return (
    <SettingsBox className="import-verification" isPadded>
      <div className="top">
        <div>
          <h2>{title}</h2>
          <p className="muted">{help}</p>
        </div>
        <div className="actions">
          {mayStart && <VerifyButton sellImport={sellImport} isAgain={summary !== undefined} />}
          {summary && (
            <Link
              className={buttonClass({ size: 'small' })}
              to="/import"
              search={{ id: sellImport.id, show: 'summary' }}
            >
              <FileCheck aria-hidden="true" />
              {verification.summary}
            </Link>
          )}
        </div>
      </div>
      {isRunning && (
        <div className="comparing">
          <Meter
            name={verification.running}
            share={expected > 0 ? Math.min(1, compared / expected) : 0}
          />
          <p className="muted num" role="status">
            {`${verification.running}. ${verification.runningHelp(compared, expected)}`}
          </p>
        </div>
      )}
      {data.state === 'interrupted' && <Message kind="warning">{verification.interrupted}</Message>}
      {data.state === 'failed' && (
        <Message kind="trouble">
          <b>{verification.failed}</b> {data.error}
        </Message>
      )}
      {summary && <Verified sellImport={sellImport} summary={summary} />}
    </SettingsBox>
  )
}
