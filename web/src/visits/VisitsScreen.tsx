import './visit-table.css'
import './visits.css'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'

import { useUserName } from '../api/users.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import type { Names } from './columns.tsx'
import { DeskVisits } from './DeskVisits.tsx'
import { PhoneVisits } from './PhoneVisits.tsx'
import { useVisitList } from './use-visit-list.ts'
import type { VisitsSearch } from './visits-search.ts'

const route = getRouteApi('/shell/visits')

export function VisitsScreen() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [isAtTop, setIsAtTop] = useState(true)
  const list = useVisitList(search, isAtTop)
  const names: Names = { outcome: useOutcome(), user: useUserName(), zone: search.zone }
  const onChange = (change: Partial<VisitsSearch>) => {
    void navigate({ search: (before) => ({ ...before, ...change }) })
  }
  const Screen = useIsPhone() ? PhoneVisits : DeskVisits
  return (
    <Screen search={search} onChange={onChange} list={list} names={names} onScrolled={setIsAtTop} />
  )
}
