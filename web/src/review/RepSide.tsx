import type { VerificationStatus } from '@doorstep/contract/findings'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { client } from '../api/client.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { FindingIcon } from '../parts/FindingIcon.tsx'
import { printShortDay } from '../texts/days.ts'
import { count, percent } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { repName } from '../visits/columns.tsx'
import { visitFilters } from '../visits/visit-filters.ts'
import { visitDay, visitTime } from '../visits/visit-time.ts'
import { VisitFinding } from '../visits/VisitFinding.tsx'
import { Reviewed } from './Reviewed.tsx'

const { review } = texts
const last = 30

interface OfVisit {
  readonly visit: Visit
}

interface RepSideProps extends OfVisit {
  /** Whose reviews count. */
  readonly below: number | undefined
}

function Rate({ visit }: OfVisit) {
  const { data } = useQuery({
    queryKey: ['visit_reports', 'rep', visit.creator_id],
    queryFn: async ({ signal }) => {
      const filters = visitFilters({ rep: [visit.creator_id], last })
      return (await client.visitReports.get({ ...filters, group_by: ['creator'] }, { signal })).data
        .totals
    },
    placeholderData: () => undefined,
  })
  if (!data) return null
  const lines: readonly (readonly [VerificationStatus, number])[] = [
    ['verified', data.verified],
    ['location_unknown', data.unknown],
    ['resource_location_too_far', data.too_far],
  ]
  return (
    <>
      {data.verified_rate !== null && (
        <>
          <p className="figure">{percent(data.verified_rate)}</p>
          <p className="muted">{review.rate}</p>
        </>
      )}
      {lines.map(([status, value]) => (
        <p key={status} className="fact">
          <span className={`finding ${status}`}>
            <FindingIcon kind={status} />
            {texts.visits.findings[status]}
          </span>
          <Link
            className="link num"
            to="/visits"
            search={{ rep: [visit.creator_id], status: [status], last }}
          >
            {count(value)}
          </Link>
        </p>
      ))}
    </>
  )
}

function Customer({ visit }: OfVisit) {
  const { resource_type, resource_id } = visit
  const { data = [] } = useQuery({
    queryKey: ['visits', 'customer', resource_type, resource_id],
    queryFn: async ({ signal }) => {
      const query = { resource_type, resource_id, sort_by: 'visited_at:desc', per_page: 4 } as const
      const { items } = await client.visits.list(
        { ...query, include: ['finding', 'creator'] },
        { signal },
      )
      return items.map((item) => item.data)
    },
    placeholderData: () => undefined,
  })
  return (
    <section>
      <h2>{review.customer}</h2>
      {data.map((each) => (
        <p key={each.id} className="fact">
          <Link to="/visits/$id" params={{ id: String(each.id) }} className="num">
            {`${printShortDay(visitDay(each))}, ${visitTime(each)}`}
          </Link>
          <VisitFinding visit={each} />
        </p>
      ))}
      <Link className="link" to="/visits" search={{ type: resource_type, customer: resource_id }}>
        {review.allVisits}
      </Link>
    </section>
  )
}

/** What else is known: the rep's last 30 days and the visits to this customer. */
export const RepSide = ({ visit, below }: RepSideProps) => (
  <aside className="side" aria-label={repName(visit)}>
    <section>
      <p className="who">
        <Avatar id={visit.creator_id} name={repName(visit)} size="large" />
        <span>
          <b>{repName(visit)}</b>
          <span className="muted small">{review.last30}</span>
        </span>
      </p>
      <Rate visit={visit} />
    </section>
    <Customer visit={visit} />
    <Reviewed below={below} />
    <section>
      <h2>{review.meaning}</h2>
      <p className="muted">{review.meaningHelp}</p>
    </section>
  </aside>
)
