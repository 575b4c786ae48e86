import type { Visit } from '@doorstep/contract/visits'
import type { ReactNode } from 'react'

import { findingOf } from '../api/visits.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { Outcome, type OutcomeLook } from '../parts/Outcome.tsx'
import { duration } from '../texts/durations.ts'
import { accuracy, metres, utc } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { ColumnName } from './column-names.ts'
import { visitClock, visitZone } from './visit-time.ts'
import { VisitFinding } from './VisitFinding.tsx'

/** What cells look up. */
export interface Names {
  readonly outcome: (id: number | null) => OutcomeLook
  readonly user: (id: number | null) => string | undefined
  /** Of the days that the visits stand under; undefined: the viewer's. */
  readonly zone?: string | undefined
}

interface Column {
  /** In pixels: its width, or the least one of a column that grows. */
  readonly px: number
  /** What it may shrink to where there is less room. */
  readonly leastPx?: number
  readonly grows?: number
  readonly isRight?: boolean
  readonly cell: (visit: Visit, names: Names) => ReactNode
}

export const repName = (visit: Visit): string => visit.creator?.name ?? texts.visits.unknownRep

export const customerName = (visit: Visit): string => visit.resource?.name ?? texts.visits.gone

/** The town of an address: what follows a postcode, else the first part after the street. */
export function townOf(address: string | null | undefined): string | undefined {
  const parts = address?.split(',').map((part) => part.trim()) ?? []
  const coded = parts.findLast((part) => /^[A-Z]{0,2}-?\d[\d -]{3,}\s+\D/.test(part))
  if (coded) return coded.replace(/^[A-Z]{0,2}-?[\d -]+/, '')
  return parts.find((part, index) => index > 0 && /^\D{3,}$/.test(part))
}

function Time({ visit, zone }: { readonly visit: Visit; readonly zone: string | undefined }) {
  const other = visitZone(visit, zone)
  return (
    <time dateTime={visit.visited_at} title={utc(visit.visited_at)}>
      {visitClock(visit)}
      {other !== null && <span className="faint">{` ${other}`}</span>}
    </time>
  )
}

/** Up to a few minutes nobody has to notice. */
const slowS = 600

function Delay({ visit }: { readonly visit: Visit }) {
  const seconds = Math.max(0, (Date.parse(visit.created_at) - Date.parse(visit.visited_at)) / 1000)
  return <span className={seconds < slowS ? 'faint' : undefined}>{duration(seconds)}</span>
}

/** How far the fix was from the moment of capture. */
export function fixAge(visit: Visit): string | null {
  const { fix_at: fixAt, captured_at: capturedAt } = findingOf(visit) ?? {}
  if (!fixAt || !capturedAt) return null
  return duration(Math.abs(Date.parse(capturedAt) - Date.parse(fixAt)) / 1000)
}

export const flagName = (flag: string): string =>
  Object.entries(texts.filters.flags).find(([name]) => name === flag)?.[1] ?? flag

const muted = (content: ReactNode) => (
  <span dir="auto" className="muted ellipsis">
    {content}
  </span>
)

export const columns: Readonly<Record<ColumnName, Column>> = {
  time: { px: 92, cell: (visit, { zone }) => <Time visit={visit} zone={zone} /> },
  rep: {
    px: 152,
    leastPx: 136,
    cell: (visit) => (
      <span className="rep">
        <Avatar id={visit.creator_id} name={repName(visit)} size="small" />
        <span dir="auto" className="ellipsis">
          {repName(visit)}
        </span>
      </span>
    ),
  },
  // The row draws it: it is the link.
  customer: { px: 160, grows: 1.25, cell: () => null },
  outcome: {
    px: 148,
    leastPx: 124,
    cell: (visit, names) => <Outcome outcome={names.outcome(visit.outcome_id)} />,
  },
  finding: { px: 104, leastPx: 92, cell: (visit) => <VisitFinding visit={visit} /> },
  accuracy: {
    px: 70,
    isRight: true,
    cell: (visit) => {
      const sure = findingOf(visit)?.accuracy_m ?? null
      return sure === null ? null : muted(accuracy(sure))
    },
  },
  note: {
    px: 86,
    grows: 1,
    cell: ({ summary }) => (
      <span dir="auto" className="muted ellipsis">
        {summary}
      </span>
    ),
  },
  delay: { px: 86, leastPx: 72, isRight: true, cell: (visit) => <Delay visit={visit} /> },
  address: { px: 180, grows: 1, cell: (visit) => muted(visit.resource_address) },
  owner: {
    px: 152,
    cell: (visit, names) => muted(names.user(visit.resource?.owner_id ?? null)),
  },
  radius: {
    px: 64,
    isRight: true,
    cell: (visit) => {
      const finding = findingOf(visit)
      return finding && muted(metres(finding.radius_m))
    },
  },
  fix_age: { px: 92, isRight: true, cell: (visit) => muted(fixAge(visit)) },
  flags: {
    px: 140,
    grows: 0.7,
    cell: (visit) => muted(findingOf(visit)?.flags.map(flagName).join(', ')),
  },
  review: {
    px: 92,
    cell: ({ review }) => muted(review && texts.visits.review[review.state]),
  },
  number: { px: 116, isRight: true, cell: (visit) => muted(visit.id) },
}

const checkPx = 32
const gapPx = 16

/** The tracks of a row: a checkbox and the columns. */
export function tracksOf(names: readonly ColumnName[]): string {
  const tracks = names.map((name) => {
    const { px, leastPx = px, grows } = columns[name]
    return `minmax(${leastPx}px, ${grows === undefined ? `${px}px` : `${grows}fr`})`
  })
  return [`${checkPx}px`, ...tracks].join(' ')
}

/** Below this width, the table scrolls sideways. */
export const leastWidthOf = (names: readonly ColumnName[]): number =>
  names.reduce(
    (sum, name) => sum + gapPx + (columns[name].leastPx ?? columns[name].px),
    checkPx + gapPx,
  )
