import '../visits/visit-table.css'
import '../visits/visits.css'
import './customers.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'

import { customersQuery } from '../api/customers.ts'
import { useUserName } from '../api/users.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import type { Names } from '../visits/columns.tsx'
import { filtersOf, shownBy } from './customer-list.ts'
import { type CustomersSearch, isFiltered } from './customers-search.ts'
import { DeskCustomers } from './DeskCustomers.tsx'
import { noteShown } from './neighbours.ts'
import { PhoneCustomers } from './PhoneCustomers.tsx'

const route = getRouteApi('/shell/customers')

/** Leads and contacts as one list. */
export function CustomersScreen() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(customersQuery(filtersOf(search)))
  const everything = useQuery({
    ...customersQuery({}),
    enabled: isFiltered(search) && list.isSuccess,
  })
  const names: Names = { outcome: useOutcome(), user: useUserName() }
  const { user } = names
  const known = list.data?.customers
  const rows = useMemo(
    () => shownBy(known ?? [], search, (id) => user(id) ?? '', Date.now()),
    // The names come once.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [known, search, user(known?.[0]?.owner_id ?? null)],
  )
  useEffect(() => noteShown(rows), [rows])
  const { refetch } = list
  const onRetry = useCallback(() => void refetch(), [refetch])
  const onChange = (change: Partial<CustomersSearch>) =>
    void navigate({
      search: (before) => ({ ...before, ...change }),
      // Every letter that is typed would be a step back.
      replace: 'q' in change && Object.keys(change).length === 1,
    })
  const Screen = useIsPhone() ? PhoneCustomers : DeskCustomers
  return (
    <Screen
      search={search}
      onChange={onChange}
      rows={rows}
      all={isFiltered(search) ? everything.data?.customers.length : known?.length}
      isCut={list.data?.isCut ?? false}
      isLoading={list.isPending}
      isOld={list.isPlaceholderData}
      error={list.error}
      onRetry={onRetry}
      names={names}
    />
  )
}
