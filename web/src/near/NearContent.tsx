import { Link } from '@tanstack/react-router'
import { ChevronRight, Crosshair, MapPinOff, NotebookPen } from 'lucide-react'
import { useMemo } from 'react'

import { useIsOnline } from '../offline/connection.ts'
import { useLeadDrafts } from '../offline/lead-draft.ts'
import type { Here } from '../offline/use-here.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { texts } from '../texts/texts.ts'
import { grouped } from './near-list.ts'
import type { NearSearch } from './near-search.ts'
import { NearList } from './NearList.tsx'
import { SearchedRows } from './SearchedRows.tsx'
import { isFirstTime } from './use-location-words.ts'
import { keyOf, type Near } from './use-near.ts'

const words = texts.near

interface NearContentProps {
  readonly near: Near
  readonly here: Here
  readonly search: NearSearch
  readonly isFull: boolean
  readonly onClear: (change: NearSearch) => void
}

const noFilters: NearSearch = {
  due: undefined,
  never: undefined,
  leads: undefined,
  outcome: undefined,
  q: undefined,
}

const isFiltered = (search: NearSearch): boolean =>
  Object.keys(noFilters).some((name) => Reflect.get(search, name) !== undefined)

function AllowRow({ here: { state } }: Pick<NearContentProps, 'here'>) {
  if (state !== 'ask' && state !== 'denied') return null
  const isDenied = state === 'denied'
  const Icon = isDenied ? MapPinOff : Crosshair
  return (
    <Link className="near-card" to="/near/why">
      <Icon aria-hidden="true" />
      <span className="what">
        <b>{isDenied ? words.deniedTitle : words.allowTitle}</b>
        <span className="line">{isDenied ? words.deniedHelp : words.allowHelp}</span>
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  )
}

function DraftRows() {
  const drafts = useLeadDrafts()
  return drafts?.map(({ begunAt, name }) => (
    <Link key={begunAt} className="near-card" to="/near/new" search={{ draft: begunAt }}>
      <NotebookPen aria-hidden="true" />
      <span className="what">
        <b>{words.draft(name)}</b>
        <span className="line">{words.draftHelp}</span>
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  ))
}

/** The title of the sheet says already that there are none. */
function Nothing({ search, onClear }: Pick<NearContentProps, 'search' | 'onClear'>) {
  const isOnline = useIsOnline()
  if (isFiltered(search)) {
    return (
      <Empty title={words.empty.matchTitle} help={words.empty.matchHelp}>
        <Button onClick={() => onClear(noFilters)}>{words.empty.clear}</Button>
      </Empty>
    )
  }
  return (
    <div className="near-nothing">
      <p>{isOnline ? words.empty.help : words.empty.offlineHelp}</p>
      <Link className={buttonClass({ size: 'large' })} to="/near/new">
        {words.add('')}
      </Link>
    </div>
  )
}

/** What stands in the sheet: what comes first, the customers, and what was searched besides. */
export function NearContent({ near, here, search, isFull, onClear }: NearContentProps) {
  const { records, all, waiting } = near
  const groups = useMemo(() => grouped(all), [all])
  const known = useMemo(() => new Set(all.map(({ customer }) => keyOf(customer))), [all])
  if (!records || isFirstTime(records)) {
    return (
      <div className="near-reading">
        <Skeleton rows={5} rowPx={76} />
      </div>
    )
  }
  const typed = search.q ?? ''
  return (
    <NearList
      groups={groups}
      hasHeads={isFull && here.fix !== null}
      waiting={waiting}
      before={
        typed === '' && (
          <>
            <DraftRows />
            {records.customers.length > 0 && <AllowRow here={here} />}
          </>
        )
      }
      after={
        <>
          {all.length === 0 && <Nothing search={search} onClear={onClear} />}
          {typed !== '' && <SearchedRows typed={typed} known={known} />}
        </>
      }
    />
  )
}
