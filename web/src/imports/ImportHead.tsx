import type { Import } from '@doorstep/contract/imports'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { verificationQuery } from '../api/import-verifications.ts'
import { Meter } from '../parts/Meter.tsx'
import { useNow } from '../parts/use-now.ts'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { count, listed } from '../texts/format.ts'
import { printShortWhen } from '../texts/short-when.ts'
import { ImportActions } from './ImportActions.tsx'
import { type Sample, waitOf } from './pace.ts'
import { isRead, openGaps, readOf, secondsLeft, stateOf, visitsRead } from './phases.ts'
import { Phases } from './Phases.tsx'
import { Stopped } from './Stopped.tsx'
import { readSummary } from './summary.ts'

const { head, rests } = imports

interface ImportHeadProps {
  readonly sellImport: Import
  readonly samples: readonly Sample[]
}

/** The lists on which the proof rests, in words. */
function restsOf(parameters: readonly string[]): string {
  const names = new Set(
    parameters.map((name) =>
      name === 'creator_id'
        ? rests.creator_id
        : name === 'resource_id'
          ? rests.resource_id
          : rests.other,
    ),
  )
  return listed([...names])
}

function proofOf(sellImport: Import): string {
  const { is_complete: isComplete, rests_on: restsOn } = sellImport
  if (!isComplete && openGaps(sellImport).length === 0)
    return head.allBut(sellImport.rejected_count)
  if (!isComplete) return head.incomplete
  return restsOn.length > 0 ? head.restsOn(restsOf(restsOn)) : head.complete
}

function sentencesOf(
  sellImport: Import,
  samples: readonly Sample[],
  now: number,
): readonly string[] {
  const started = head.started(printShortWhen(sellImport.started_at))
  switch (stateOf(sellImport)) {
    case 'running': {
      const left = secondsLeft(sellImport)
      const waits = waitOf(samples, now)
      const isSilent = sellImport.requests_per_second === 0 && sellImport.waits.count > 0
      return [
        ...(waits !== undefined || isSilent ? [head.waiting(waits)] : []),
        ...(left === null ? [] : [`${head.left(left)}.`]),
        started,
        sellImport.needs_token ? head.elsewhere : head.canClose,
      ]
    }
    case 'following':
      return [
        head.inStep(sellImport.behind_seconds),
        head.events(sellImport.counts.events),
        proofOf(sellImport),
        sellImport.needs_token ? head.elsewhere : '',
      ]
    case 'done':
      return [
        proofOf(sellImport),
        sellImport.finished_at === null
          ? started
          : head.finished(printShortWhen(sellImport.finished_at)),
      ]
    case 'failed':
      return [started]
    default:
      return [sellImport.needs_token ? head.pausedWithoutToken : head.paused, started]
  }
}

function Figure({ sellImport }: { readonly sellImport: Import }): ReactNode {
  const { data } = useQuery(verificationQuery(sellImport.id))
  const summary = data && readSummary(data.summary)
  if (sellImport.phase === 'lists' && readOf(sellImport, 'visits') === 0) {
    const before =
      readOf(sellImport, 'users') + readOf(sellImport, 'leads') + readOf(sellImport, 'contacts')
    return (
      <p className="figure">
        {count(before)} <span>{head.before}</span>
      </p>
    )
  }
  if (!isRead(sellImport)) {
    return (
      <p className="figure">
        {count(visitsRead(sellImport))} <span>{head.of(sellImport.expected)}</span>
      </p>
    )
  }
  // Pages overlap, so what was read is a little more than there are: the comparison has counted them.
  return (
    <p className="figure">
      {count(summary?.visits.here ?? visitsRead(sellImport))}{' '}
      <span>{summary ? head.visits : head.visitsRead}</span>
    </p>
  )
}

/** How far the import is, in a figure, a sentence, a bar and its phases. */
export function ImportHead({ sellImport, samples }: ImportHeadProps) {
  const now = useNow(1_000)
  const share = sellImport.expected > 0 ? visitsRead(sellImport) / sellImport.expected : 0
  return (
    <SettingsBox className="import-head">
      <div className="top">
        <div>
          <Figure sellImport={sellImport} />
          <p className="muted">{sentencesOf(sellImport, samples, now).filter(Boolean).join(' ')}</p>
        </div>
        <ImportActions key={sellImport.id} sellImport={sellImport} />
      </div>
      {stateOf(sellImport) === 'failed' && <Stopped sellImport={sellImport} />}
      <Meter name={head.progress} share={isRead(sellImport) ? 1 : share} isLarge />
      <Phases sellImport={sellImport} />
    </SettingsBox>
  )
}
