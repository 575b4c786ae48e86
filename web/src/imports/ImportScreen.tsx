import '../settings/settings.css'
import '../settings/narrow-settings.css'
import './import.css'
import './import-progress.css'
import './import-speed.css'
import './import-verification.css'
import './import-views.css'
import './import-print.css'
import type { Import } from '@doorstep/contract/imports'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'

import { importsQuery } from '../api/imports.ts'
import { sessionQuery } from '../api/sessions.ts'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useIsAdmin } from '../settings/AdminsOnly.tsx'
import { SettingsNav } from '../settings/SettingsNav.tsx'
import { SettingsPage } from '../settings/SettingsPage.tsx'
import { imports } from '../texts/en/imports.ts'
import { ConflictsView } from './ConflictsView.tsx'
import { FromSell } from './FromSell.tsx'
import { GapsView } from './GapsView.tsx'
import type { ImportSearch, ImportView } from './import-search.ts'
import { hasBegun, stateOf } from './phases.ts'
import { RejectedView } from './RejectedView.tsx'
import { SummaryView } from './SummaryView.tsx'

const route = getRouteApi('/shell/import')
const words = imports

function View({ sellImport, show }: { readonly sellImport: Import; readonly show: ImportView }) {
  if (show === 'gaps') return <GapsView sellImport={sellImport} />
  if (show === 'rejected') return <RejectedView sellImport={sellImport} />
  if (show === 'conflicts') return <ConflictsView />
  return <SummaryView sellImport={sellImport} />
}

const State = ({ sellImport }: { readonly sellImport: Import }) => (
  <>
    <span className="spread" />
    <span className="import-state" data-state={stateOf(sellImport)} role="status">
      <i aria-hidden="true" />
      {words.states[stateOf(sellImport)]}
    </span>
  </>
)

/** The one that is asked for, else the one that runs, else the newest. */
const chosenOf = (imports: readonly Import[], { id }: ImportSearch): Import | undefined =>
  imports.find((sellImport) => sellImport.id === id) ??
  imports.find((sellImport) => sellImport.is_running) ??
  imports[0]

/** Loaded when it is needed: most people import from Sell, once. */
const FromFiles = lazy(async () => ({
  default: (await import('../file-imports/FromFiles.tsx')).FromFiles,
}))

const From = ({ value }: { readonly value: 'sell' | 'files' }) => {
  const navigate = route.useNavigate()
  return (
    <Segmented
      name={words.from.name}
      value={value}
      onValue={(from) => void navigate({ search: from === 'files' ? { source: from } : {} })}
      choices={[
        { value: 'sell', name: words.from.sell },
        { value: 'files', name: words.from.files },
      ]}
    />
  )
}

function Content() {
  const { source, id } = route.useSearch()
  if (source !== 'files') return <FromSellPage />
  const choice = <From value="files" />
  return (
    <Suspense
      fallback={
        <SettingsPage section="import" tools={choice}>
          <Skeleton rows={8} hasDisc={false} />
        </SettingsPage>
      }
    >
      <FromFiles id={id} from={choice} />
    </Suspense>
  )
}

function FromSellPage() {
  const search = route.useSearch()
  const { data, error, refetch, dataUpdatedAt } = useQuery(importsQuery)
  const sellImport = data && chosenOf(data, search)
  const { show } = search
  return (
    <SettingsPage
      section="import"
      tools={
        <>
          <From value="sell" />
          {sellImport && hasBegun(sellImport) && <State sellImport={sellImport} />}
        </>
      }
    >
      {!data && error && (
        <Failed title={words.failed} error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Skeleton rows={8} hasDisc={false} />}
      {data && !(sellImport && show) && (
        <FromSell imports={data} sellImport={sellImport} readAt={dataUpdatedAt} />
      )}
      {sellImport && show && <View sellImport={sellImport} show={show} />}
    </SettingsPage>
  )
}

/** Bringing everything over, from Sell or from files. */
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
