import type { Import } from '@doorstep/contract/imports'

import { isTokenRefused } from '../api/token-refused.ts'

export const phaseNames = ['people', 'leads', 'contacts', 'visits', 'changes', 'second'] as const
export type PhaseName = (typeof phaseNames)[number]

export interface Phase {
  readonly name: PhaseName
  /** `stopped`: it was under way when the import stopped. */
  readonly state: 'done' | 'running' | 'stopped' | 'todo'
  /** From 0 to 1; undefined: under way, and nobody knows how far. */
  readonly share: number | undefined
  readonly seconds: number | null
}

/** How many items of a list were read. */
export const readOf = ({ lists }: Pick<Import, 'lists'>, name: string): number =>
  lists.find(({ list }) => list === name)?.read ?? 0

/** Seconds that lists took; null: none was read. */
function secondsOf({ lists }: Import, names: readonly string[]): number | null {
  const found = lists.filter(({ list, read }) => names.includes(list) && read > 0)
  return found.length === 0 ? null : found.reduce((sum, { seconds }) => sum + seconds, 0)
}

/** Which of the six phases is under way; undefined: all are done. */
function currentOf(sellImport: Import): PhaseName | undefined {
  const { phase, second_look: look } = sellImport
  if (phase === 'visits') return 'visits'
  if (phase === 'changes') return look.checked < look.ranges ? 'second' : 'changes'
  if (phase !== 'lists') return undefined
  if (readOf(sellImport, 'contacts') > 0) return 'contacts'
  return readOf(sellImport, 'leads') > 0 ? 'leads' : 'people'
}

function shareOf(sellImport: Import, name: PhaseName): number | undefined {
  const { expected, second_look: look } = sellImport
  if (name === 'visits')
    return expected > 0 ? Math.min(1, readOf(sellImport, 'visits') / expected) : 0
  if (name === 'second') return look.ranges > 0 ? look.checked / look.ranges : 0
  return undefined
}

const listsOf: Readonly<Partial<Record<PhaseName, readonly string[]>>> = {
  people: ['visit_outcomes', 'users'],
  leads: ['leads'],
  contacts: ['contacts'],
  visits: ['visits'],
}

/** The six phases of an import, in order. */
export function phasesOf(sellImport: Import): readonly Phase[] {
  const current = currentOf(sellImport)
  const at = current === undefined ? phaseNames.length : phaseNames.indexOf(current)
  return phaseNames.map((name, index) => {
    const isCurrent = index === at
    const state =
      index < at ? 'done' : !isCurrent ? 'todo' : sellImport.is_running ? 'running' : 'stopped'
    const share = index < at ? 1 : isCurrent ? shareOf(sellImport, name) : 0
    return { name, state, share, seconds: secondsOf(sellImport, listsOf[name] ?? []) }
  })
}

/** Visits that were read so far, never more than there are expected to be. */
export const visitsRead = (sellImport: Import): number =>
  sellImport.expected > 0
    ? Math.min(readOf(sellImport, 'visits'), sellImport.expected)
    : readOf(sellImport, 'visits')

/** Seconds until the visits are read: those left by the rate of the last minute; null: unknown. */
export function secondsLeft(sellImport: Import): number | null {
  const { phase, is_running: runs, expected, visits_per_second: rate } = sellImport
  if (!runs || phase !== 'visits') return null
  return rate > 0 ? (expected - visitsRead(sellImport)) / rate : sellImport.estimated_seconds_left
}

export type ImportState = 'running' | 'following' | 'paused' | 'failed' | 'done'

export function stateOf({
  is_running: runs,
  phase,
  state,
  last_error: error,
}: Import): ImportState {
  if (runs) return phase === 'following' ? 'following' : 'running'
  if (error !== null) return 'failed'
  return state === 'done' ? 'done' : 'paused'
}

/** Whether Sell has refused a list. */
export const isUnread = ({ gaps }: Import, name: string): boolean =>
  gaps.some(({ list, cause }) => list === name && cause === 'unread')

/** Whether all phases are behind it. */
export const isRead = ({ phase }: Import): boolean => phase === 'following' || phase === 'done'

/** Gaps that are more than rejected items, which stand on their own. */
export const openGaps = ({ gaps }: Import) => gaps.filter(({ cause }) => cause !== 'rejected')

/** An import whose first token was refused has read nothing: it begins with another one. */
export const hasBegun = ({ counts, is_running: runs, last_error: error }: Import): boolean =>
  runs || counts.read > 0 || !isTokenRefused(error)
