import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'

import { useIsPhone } from '../parts/is-phone.ts'
import { useIsLeaving } from '../use-is-leaving.ts'
import type { AddressRow } from './address-rows.ts'

const route = getRouteApi('/shell/addresses')

/** Which customer is shown, and how to go to others. */
export function useCurrent(rows: readonly AddressRow[]) {
  const { record } = route.useSearch()
  const navigate = route.useNavigate()
  const isLeaving = useIsLeaving()
  const isPhone = useIsPhone()
  const [at, setAt] = useState(0)
  const found = rows.findIndex(({ key }) => key === record)
  const index = found >= 0 ? found : Math.min(at, rows.length - 1)
  const current = isPhone && found < 0 ? undefined : rows[index]
  const show = (row: AddressRow | undefined) => {
    setAt(row ? rows.indexOf(row) : 0)
    void navigate({
      search: (before) => ({ ...before, record: row?.key }),
      replace: !isPhone || record !== undefined,
    })
  }
  return {
    current,
    show,
    move: (by: number) => show(rows[Math.max(0, Math.min(rows.length - 1, index + by))]),
    /** To the one after it, or before it at the end: it leaves the list. */
    leave: () => {
      setAt(index)
      if (isLeaving()) return
      const next = isPhone ? undefined : (rows[index + 1] ?? rows[index - 1])
      void navigate({ search: (before) => ({ ...before, record: next?.key }), replace: true })
    },
  }
}
