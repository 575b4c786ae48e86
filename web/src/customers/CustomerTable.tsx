import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'

import { appQuery } from '../api/app-info.ts'
import { nameOf } from '../api/customers.ts'
import { classes } from '../parts/classes.ts'
import { texts } from '../texts/texts.ts'
import type { Names } from '../visits/columns.tsx'
import {
  type ColumnName,
  columns,
  leastWidthOf,
  shownFor,
  sortOf,
  tracksOf,
} from './customer-columns.tsx'
import { sortIn } from './customer-list.ts'
import { CustomerRows } from './CustomerRows.tsx'
import type { CustomersProps } from './customers-props.ts'
import type { CustomersSearch } from './customers-search.ts'

const words = texts.customers

interface HeadCellProps {
  readonly name: ColumnName
  readonly search: CustomersSearch
}

function HeadCell({ name, search }: HeadCellProps) {
  const sort = sortOf(name)
  const { by, isDown } = sortIn(search)
  const isSorted = by === name
  const Arrow = isDown ? ArrowDown : ArrowUp
  return (
    <span
      role="columnheader"
      className={classes('cell', columns[name].isRight && 'right')}
      aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : undefined}
    >
      {sort === undefined ? (
        words.columns[name]
      ) : (
        <Link
          className={isSorted ? 'sorted' : 'sortable'}
          to="/customers"
          search={{ ...search, sort: isSorted && !isDown ? `-${sort}` : sort }}
          title={words.sortBy(words.columns[name])}
        >
          {words.columns[name]}
          {isSorted && <Arrow aria-hidden="true" />}
        </Link>
      )}
    </span>
  )
}

interface CustomerTableProps extends Pick<CustomersProps, 'search' | 'rows'> {
  readonly names: Names
  readonly current: number | undefined
}

/** All customers as a table; only what is in view is drawn. */
export function CustomerTable({ search, rows, names, current }: CustomerTableProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const { data: app } = useQuery(appQuery)
  const shown = shownFor(rows, app?.location.radius_m)
  const tracks = tracksOf(shown)
  return (
    <div
      ref={setScroller}
      className="visit-table customer-table num"
      role="table"
      aria-label={words.table}
      aria-rowcount={rows.length + 1}
    >
      <div role="presentation" style={{ minWidth: leastWidthOf(shown) }}>
        <div role="rowgroup" className="head">
          <div role="row" className="line" style={{ gridTemplateColumns: tracks }}>
            {shown.map((name) => (
              <HeadCell key={name} name={name} search={search} />
            ))}
          </div>
        </div>
        <CustomerRows rows={rows} scroller={scroller} rowPx={36} headPx={32} current={current}>
          {(customer, index, style) => (
            <div
              role="row"
              className={classes('line', index === current && 'current')}
              style={{ ...style, gridTemplateColumns: tracks }}
              aria-rowindex={index + 2}
            >
              {shown.map((name) => (
                <span
                  key={name}
                  role="cell"
                  className={classes('cell', columns[name].isRight && 'right')}
                >
                  {name === 'name' ? (
                    <Link
                      className="customer"
                      to="/customers/$type/$id"
                      params={{ type: customer.resource_type, id: String(customer.id) }}
                    >
                      <b dir="auto" className="ellipsis">
                        {nameOf(customer)}
                      </b>
                    </Link>
                  ) : (
                    columns[name].cell(customer, names)
                  )}
                </span>
              ))}
            </div>
          )}
        </CustomerRows>
      </div>
    </div>
  )
}
