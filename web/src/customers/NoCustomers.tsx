import { Link } from '@tanstack/react-router'

import { Button, buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useIsAdmin } from '../settings/AdminsOnly.tsx'
import { texts } from '../texts/texts.ts'
import type { CustomersProps } from './customers-props.ts'
import { isFiltered, noFilters } from './customers-search.ts'

const { empty, failed, create } = texts.customers

interface NoCustomersProps extends Pick<
  CustomersProps,
  'rows' | 'search' | 'onChange' | 'error' | 'isLoading' | 'onRetry'
> {
  readonly onNew: () => void
}

/** In place of rows: why there are none, and what to do. */
export function NoCustomers(props: NoCustomersProps) {
  const isAdmin = useIsAdmin()
  const { rows, search, onChange, error, isLoading, onRetry, onNew } = props
  if (rows.length > 0) return null
  if (error) return <Failed title={failed} error={error} onRetry={onRetry} />
  if (isLoading) return null
  if (isFiltered(search)) {
    return (
      <Empty title={empty.filteredTitle} help={empty.filteredHelp}>
        <Button onClick={() => onChange(noFilters)}>{empty.clear}</Button>
      </Empty>
    )
  }
  return (
    <Empty title={empty.title} help={isAdmin ? empty.help : empty.helpByAdmin}>
      {isAdmin && (
        <Link className={buttonClass({})} to="/import">
          {empty.import}
        </Link>
      )}
      <Button kind="primary" onClick={onNew}>
        {create}
      </Button>
    </Empty>
  )
}
