import { useMemo } from 'react'

import { FilterBar } from '../filters/FilterBar.tsx'
import { Bar } from '../parts/Bar.tsx'
import { copy } from '../parts/copy.ts'
import { useKeys } from '../parts/use-keys.ts'
import { Live } from '../shells/Live.tsx'
import { texts } from '../texts/texts.ts'
import { BulkBar } from './BulkBar.tsx'
import { columns, tracksOf } from './columns.tsx'
import { NewVisits } from './NewVisits.tsx'
import { NoVisits } from './NoVisits.tsx'
import { rowsOf } from './rows.ts'
import { ShownAs } from './ShownAs.tsx'
import { TableSkeleton } from './TableSkeleton.tsx'
import { useCurrent } from './use-current.ts'
import { useSelection } from './use-selection.ts'
import { ViewBar } from './ViewBar.tsx'
import { VisitPanel } from './VisitPanel.tsx'
import { type VisitsProps, shownIn } from './visits-props.ts'
import { VisitsFoot } from './VisitsFoot.tsx'
import { VisitTable } from './VisitTable.tsx'

export function DeskVisits(props: VisitsProps) {
  const { search, onChange, list, names, onScrolled } = props
  const selection = useSelection(list.visits)
  const cursor = useCurrent(list.visits, search.visit, (visit) => onChange({ visit }))
  const { visits, hasMore, hasRestFailed } = list
  const { zone } = search
  const rows = useMemo(
    () => rowsOf({ visits, hasMore, hasRestFailed }, zone),
    [visits, hasMore, hasRestFailed, zone],
  )
  const close = () => {
    if (search.visit !== undefined) onChange({ visit: undefined })
    else selection.clear()
  }
  const copyLink = () => void copy(location.href, texts.visits.linkCopied)
  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    arrowdown: () => cursor.move(1),
    arrowup: () => cursor.move(-1),
    enter: cursor.open,
    escape: close,
    x: () => cursor.id !== undefined && selection.toggle(cursor.id),
    'shift+x': () => cursor.id !== undefined && selection.extendTo(cursor.id),
    c: copyLink,
    f: () => document.querySelector<HTMLElement>('.filter-bar button')?.focus(),
  })
  return (
    <>
      <Bar title={texts.screens.visits}>
        <ShownAs shown="list" search={search} />
        <FilterBar search={search} onChange={onChange} />
        <span className="spread" />
        {!list.isLoading && <Live />}
      </Bar>
      <ViewBar search={search} onChange={onChange} list={list} selection={selection} />
      <div className="visits-body" data-is-old={list.isOld}>
        <div className="visits-list">
          <NewVisits list={list} />
          {list.isLoading && !list.error && <TableLoading search={search} />}
          {!list.isLoading && list.visits.length > 0 && (
            <VisitTable
              rows={rows}
              total={list.total}
              search={search}
              shown={shownIn(search)}
              names={names}
              selection={selection}
              current={cursor.current}
              onNearEnd={list.readMore}
              onRetry={list.readRest}
              onScrolled={onScrolled}
            />
          )}
          <NoVisits list={list} search={search} onChange={onChange} />
          {selection.ids.size > 0 && <BulkBar visits={list.visits} selection={selection} />}
        </div>
        {search.visit !== undefined && (
          <VisitPanel
            hasKeys={selection.ids.size === 0}
            id={search.visit}
            onClose={() => onChange({ visit: undefined })}
          />
        )}
      </div>
      <VisitsFoot search={search} total={list.total} />
    </>
  )
}

/** The shape of the table. */
function TableLoading({ search }: Pick<VisitsProps, 'search'>) {
  const shown = shownIn(search)
  const heads = shown.map((name) => ({
    name: texts.visits.columns[name],
    isRight: columns[name].isRight,
  }))
  return <TableSkeleton hasDays tracks={tracksOf(shown)} columns={heads} />
}
