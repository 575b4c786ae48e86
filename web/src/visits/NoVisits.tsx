import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { sessionQuery } from '../api/sessions.ts'
import { isFiltered, noFilters } from '../filters/FilterBar.tsx'
import { Button, buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { texts } from '../texts/texts.ts'
import type { VisitsProps } from './visits-props.ts'

const { empty, failed } = texts.visits

/** In place of rows: why there are none, and what to do. */
export function NoVisits({
  list,
  search,
  onChange,
}: Pick<VisitsProps, 'list' | 'search' | 'onChange'>) {
  const { data: session } = useQuery(sessionQuery)
  if (list.visits.length > 0) return null
  if (list.error) return <Failed title={failed} error={list.error} onRetry={list.readAgain} />
  if (list.isLoading) return null
  if (isFiltered(search)) {
    return (
      <Empty title={empty.filteredTitle} help={empty.filteredHelp}>
        <Button onClick={() => onChange(noFilters)}>{empty.clear}</Button>
      </Empty>
    )
  }
  return (
    <Empty title={empty.title} help={empty.help}>
      {session?.user.role === 'admin' && (
        <Link className={buttonClass({ kind: 'primary' })} to="/import">
          {empty.import}
        </Link>
      )}
    </Empty>
  )
}
