import type { Import } from '@doorstep/contract/imports'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { verificationQuery } from '../api/import-verifications.ts'
import { Meter } from '../parts/Meter.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { count, listed } from '../texts/format.ts'
import { ImportActions } from './ImportActions.tsx'
import { type Sample, waitOf } from './pace.ts'
import { isRead, openGaps, readOf, secondsLeft, stateOf, visitsRead } from './phases.ts'
import { Phases } from './Phases.tsx'
import { Stopped } from './Stopped.tsx'
import { readSummary } from './summary.ts'
import { useNow } from './use-now.ts'
import { when } from './when.ts'

const { head, rests } = imports

interface ImportHeadProps {
  readonly so: Import
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

function proofOf(so: Import): string {
  const { is_complete: isComplete, rests_on: restsOn } = so
  if (!isComplete && openGaps(so).length === 0) return head.allBut(so.rejected_count)
  if (!isComplete) return head.incomplete
  return restsOn.length > 0 ? head.restsOn(restsOf(restsOn)) : head.complete
}

function sentencesOf(so: Import, samples: readonly Sample[], now: number): readonly string[] {
  const started = head.started(when(so.started_at))
  switch (stateOf(so)) {
    case 'running': {
      const left = secondsLeft(so)
      const waits = waitOf(samples, now)
      const isSilent = so.requests_per_second === 0 && so.waits.count > 0
      return [
        ...(waits !== undefined || isSilent ? [head.waiting(waits)] : []),
        ...(left === null ? [] : [`${head.left(left)}.`]),
        started,
        so.needs_token ? head.elsewhere : head.canClose,
      ]
    }
    case 'following':
      return [
        head.inStep(so.behind_seconds),
        head.events(so.counts.events),
        proofOf(so),
        so.needs_token ? head.elsewhere : '',
      ]
    case 'done':
      return [proofOf(so), so.finished_at === null ? started : head.finished(when(so.finished_at))]
    case 'failed':
      return [started]
    default:
      return [so.needs_token ? head.pausedWithoutToken : head.paused, started]
  }
}

function Figure({ so }: { readonly so: Import }): ReactNode {
  const { data } = useQuery(verificationQuery(so.id))
  const summary = data && readSummary(data.summary)
  if (so.phase === 'lists' && readOf(so, 'visits') === 0) {
    const before = readOf(so, 'users') + readOf(so, 'leads') + readOf(so, 'contacts')
    return (
      <p className="figure">
        {count(before)} <span>{head.before}</span>
      </p>
    )
  }
  if (!isRead(so)) {
    return (
      <p className="figure">
        {count(visitsRead(so))} <span>{head.of(so.expected)}</span>
      </p>
    )
  }
  // Pages overlap, so what was read is a little more than there are: the comparison has counted them.
  return (
    <p className="figure">
      {count(summary?.visits.here ?? visitsRead(so))}{' '}
      <span>{summary ? head.visits : head.visitsRead}</span>
    </p>
  )
}

/** How far the import is, in a figure, a sentence, a bar and its phases. */
export function ImportHead({ so, samples }: ImportHeadProps) {
  const now = useNow(1_000)
  const share = so.expected > 0 ? visitsRead(so) / so.expected : 0
  return (
    <SettingsBox className="import-head">
      <div className="top">
        <div>
          <Figure so={so} />
          <p className="muted">{sentencesOf(so, samples, now).filter(Boolean).join(' ')}</p>
        </div>
        <ImportActions key={so.id} so={so} />
      </div>
      {stateOf(so) === 'failed' && <Stopped so={so} />}
      <Meter name={head.progress} share={isRead(so) ? 1 : share} isLarge />
      <Phases so={so} />
    </SettingsBox>
  )
}
