import '../settings/settings.css'
import './import.css'
import './import-progress.css'
import './import-speed.css'
import './import-verification.css'
import './import-views.css'
import './import-print.css'
import type { Import } from '@doorstep/contract/imports'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'

import { importsQuery } from '../api/imports.ts'
import { sessionQuery } from '../api/queries.ts'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useIsAdmin } from '../settings/AdminsOnly.tsx'
import { SettingsNav } from '../settings/SettingsNav.tsx'
import { SettingsPage } from '../settings/SettingsPage.tsx'
import { texts } from '../texts/texts.ts'
import { ConflictsView } from './ConflictsView.tsx'
import { FromSell } from './FromSell.tsx'
import { GapsView } from './GapsView.tsx'
import type { ImportSearch, ImportView } from './import-search.ts'
import { hasBegun, stateOf } from './phases.ts'
import { RejectedView } from './RejectedView.tsx'
import { SummaryView } from './SummaryView.tsx'

const route = getRouteApi('/shell/import')
const { imports: words } = texts

function View({ so, show }: { readonly so: Import; readonly show: ImportView }) {
  if (show === 'gaps') return <GapsView so={so} />
  if (show === 'rejected') return <RejectedView so={so} />
  if (show === 'conflicts') return <ConflictsView />
  return <SummaryView so={so} />
}

const State = ({ so }: { readonly so: Import }) => (
  <>
    <span className="spread" />
    <span className="import-state" data-state={stateOf(so)} role="status">
      <i aria-hidden="true" />
      {words.states[stateOf(so)]}
    </span>
  </>
)

/** The one that is asked for, else the one that runs, else the newest. */
const chosenOf = (imports: readonly Import[], { id }: ImportSearch): Import | undefined =>
  imports.find((so) => so.id === id) ?? imports.find((so) => so.is_running) ?? imports[0]

function Content() {
  const search = route.useSearch()
  const { data, error, refetch, dataUpdatedAt } = useQuery(importsQuery)
  const so = data && chosenOf(data, search)
  const { show } = search
  return (
    <SettingsPage section="import" tools={so && hasBegun(so) && <State so={so} />}>
      {!data && error && (
        <Failed title={words.failed} error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Skeleton rows={8} hasDisc={false} />}
      {data && !(so && show) && <FromSell imports={data} so={so} readAt={dataUpdatedAt} />}
      {so && show && <View so={so} show={show} />}
    </SettingsPage>
  )
}

/** Bringing everything over: another way of importing is another component beside FromSell. */
export function ImportScreen() {
  const { data: session } = useQuery(sessionQuery)
  const isAdmin = useIsAdmin()
  return (
    <div className="settings import">
      <SettingsNav />
      {isAdmin && <Content />}
      {session && !isAdmin && (
        <SettingsPage section="import">
          <Empty title={words.adminsOnly} help={words.adminsOnlyHelp} />
        </SettingsPage>
      )}
    </div>
  )
}
