import './visit-menus.css'
import type { SavedView } from '@doorstep/contract/saved-views'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { savedViewsQuery } from '../api/saved-views.ts'
import { visitTotalQuery } from '../api/visits.ts'
import { isFiltered } from '../filters/FilterBar.tsx'
import { Message } from '../parts/Message.tsx'
import { ViewTabs } from '../parts/ViewTabs.tsx'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { ApiRequest } from './ApiRequest.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { isShownWhole, searchOf, showsTheSame } from './saved-view.ts'
import { SaveView } from './SaveView.tsx'
import type { Selection } from './use-selection.ts'
import { visitFilters } from './visit-filters.ts'
import { type VisitsProps, shownIn } from './visits-props.ts'

const { views } = texts

interface TabProps {
  readonly view: SavedView
  readonly isShown: boolean
  readonly isChanged: boolean
}

function Tab({ view, isShown, isChanged }: TabProps) {
  const search = { ...searchOf(view) }
  const isWhole = isShownWhole(view)
  const { data: total } = useQuery({
    ...visitTotalQuery(visitFilters(search)),
    staleTime: 60_000,
    enabled: isWhole,
  })
  return (
    <Link className="view" to="/visits" search={search} aria-current={isShown ? 'page' : undefined}>
      {view.name}
      {isWhole && total !== undefined && <span className="num">{count(total)}</span>}
      {isShown && isChanged && <Changed />}
    </Link>
  )
}

const Changed = () => (
  <>
    <i className="changed" title={views.changed} aria-hidden="true" />
    <span className="unseen">{views.changed}</span>
  </>
)

interface ViewBarProps extends Pick<VisitsProps, 'search' | 'onChange' | 'list'> {
  readonly selection: Selection
}

/** Saved views, and what can be done with the list that is shown. */
export function ViewBar({ search, onChange, list, selection }: ViewBarProps) {
  const { data: saved = [] } = useQuery(savedViewsQuery)
  const shown = saved.find(({ id }) => id === search.view)
  const isChanged = shown
    ? !showsTheSame(search, searchOf(shown))
    : isFiltered(search) || search.cols !== undefined || search.sort !== undefined
  const columns = shownIn(search)
  const actions = (
    <>
      <ColumnsMenu shown={columns} onShown={(cols) => onChange({ cols })} />
      <ExportMenu search={search} total={list.total} columns={columns} selected={selection.ids} />
      <ApiRequest search={search} />
    </>
  )
  return (
    <>
      <ViewTabs name={views.name} actions={actions}>
        <Link
          className="view"
          to="/visits"
          search={{}}
          aria-current={shown ? undefined : 'page'}
          activeProps={{}}
        >
          {views.all}
          {!shown && list.total !== undefined && <span className="num">{count(list.total)}</span>}
          {!shown && isChanged && <Changed />}
        </Link>
        {saved.map((view) => (
          <Tab key={view.id} view={view} isShown={view === shown} isChanged={isChanged} />
        ))}
        {isChanged && (
          <SaveView search={search} shown={shown} onSaved={(view) => onChange({ view })} />
        )}
        {shown && !isChanged && (
          <SaveView
            search={search}
            shown={shown}
            onSaved={(view) => onChange({ view })}
            isUnchanged
          />
        )}
      </ViewTabs>
      {shown && !isShownWhole(shown) && <Message kind="warning">{views.notWhole}</Message>}
    </>
  )
}
