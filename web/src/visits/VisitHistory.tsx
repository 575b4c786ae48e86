import './visit-history.css'
import type { HistoryEntry } from '@doorstep/contract/visit-history'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'

import { useUserName } from '../api/users.ts'
import { visitHistoryQuery } from '../api/visit-history.ts'
import { findingOf } from '../api/visits.ts'
import { daysAgo, dayOf, printShortDay } from '../texts/days.ts'
import { time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { repName } from './columns.tsx'

const { history } = texts.visit
const { findingNames } = texts

interface Line {
  readonly what: string
  readonly more: string
  readonly at: string
}

const changedFields = (previous: HistoryEntry['previous']): string =>
  Object.entries(history.fields)
    .filter(([field]) => previous && field in previous)
    .map(([, name]) => name)
    .join(', ')

function lineOf(entry: HistoryEntry, visit: Visit, nameOf: (id: number) => string): Line {
  const { type, at, previous, verification, review } = entry
  if (review) {
    const note = review.note ? `: ${review.note}` : ''
    return { what: history.review[review.state], more: history.by(nameOf(review.by)) + note, at }
  }
  if (type === 'earlier_finding' && verification) {
    return { what: history.earlier(findingNames[verification.status]), more: '', at }
  }
  if (type === 'created' && !findingOf(visit)) return { what: history.imported, more: '', at }
  if (type === 'created') {
    return { what: history.logged, more: history.by(repName(visit)), at: visit.created_at }
  }
  return { what: history.changed, more: changedFields(previous), at }
}

const printWhen = (at: string): string =>
  daysAgo(dayOf(at)) === 0 ? time(at) : `${printShortDay(dayOf(at))}, ${time(at)}`

interface VisitHistoryProps {
  readonly visit: Visit
}

/** What happened to a visit, the oldest first. */
export function VisitHistory({ visit }: VisitHistoryProps) {
  const { data } = useQuery(visitHistoryQuery(visit.id))
  const userName = useUserName()
  if (!data) return null
  const nameOf = (id: number) => userName(id) ?? texts.visit.somebody
  const finding = findingOf(visit)
  const lines = data.entries.map((entry) => lineOf(entry, visit, nameOf))
  const replacedAt = data.entries.findLast(({ type }) => type === 'earlier_finding')?.at
  const judged = finding && {
    what: history.judged(findingNames[finding.status], finding.ruleset),
    more: '',
    at: replacedAt ?? visit.created_at,
  }
  const inOrder = [...lines, ...(judged ? [judged] : [])].toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  )
  return (
    <section>
      <h3 className="eyebrow">{history.name}</h3>
      <ol className="history">
        {data.expired > 0 && <li>{history.expired(data.expired)}</li>}
        {inOrder.map(({ what, more, at }, index) => (
          <li key={index}>
            <span>
              <b>{what}</b>
              {` ${more}`}
            </span>
            <time className="num" dateTime={at}>
              {printWhen(at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}
