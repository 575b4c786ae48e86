import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { Bar } from '../parts/Bar.tsx'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { texts } from '../texts/texts.ts'
import { TableSkeleton } from '../visits/TableSkeleton.tsx'
import { columnNames, columns, tracksOf } from './customer-columns.tsx'
import { CustomerFilters } from './CustomerFilters.tsx'
import type { CustomersProps } from './customers-props.ts'
import { CustomersFoot } from './CustomersFoot.tsx'
import { CustomerTable } from './CustomerTable.tsx'
import { ExportCustomers } from './ExportCustomers.tsx'
import { NewLead } from './NewLead.tsx'
import { NoCustomers } from './NoCustomers.tsx'
import { SearchBox } from './SearchBox.tsx'
import { useRowCursor } from './use-row-cursor.ts'

const words = texts.customers
/** What is mostly shown, until it is known. */
const usual = columnNames.filter((name) => name !== 'radius')

const findBox = () => document.querySelector<HTMLElement>('.search-box input')

export function DeskCustomers(props: CustomersProps) {
  const { search, onChange, rows, names, isLoading, isOld, error } = props
  const navigate = useNavigate()
  const [isNew, setIsNew] = useState(false)
  const open = (index: number) => {
    const customer = rows[index]
    if (!customer) return
    const { resource_type: type, id } = customer
    void navigate({ to: '/customers/$type/$id', params: { type, id: String(id) } })
  }
  const current = useRowCursor(rows.length, open)
  useKeys({ n: () => setIsNew(true), f: () => findBox()?.focus() })
  return (
    <>
      <Bar title={texts.screens.customers}>
        <SearchBox query={search.q} onQuery={(q) => onChange({ q })} />
        <CustomerFilters search={search} onChange={onChange} />
        <span className="spread" />
        <ExportCustomers rows={rows} names={names} />
        <Button kind="primary" hint="N" onClick={() => setIsNew(true)}>
          <Plus aria-hidden="true" />
          {words.create}
        </Button>
      </Bar>
      <div className="visits-body" data-is-old={isOld}>
        <div className="visits-list">
          {isLoading && !error && (
            <TableSkeleton
              className="customer-table"
              tracks={tracksOf(usual)}
              columns={usual.map((name) => ({
                name: words.columns[name],
                isRight: columns[name].isRight,
              }))}
            />
          )}
          {rows.length > 0 && (
            <CustomerTable search={search} rows={rows} names={names} current={current} />
          )}
          <NoCustomers {...props} onNew={() => setIsNew(true)} />
        </div>
      </div>
      <CustomersFoot {...props} />
      <NewLead isOpen={isNew} onClose={() => setIsNew(false)} />
    </>
  )
}
