import '../visits/visits.css'
import './map-list.css'
import './map-screen.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'

import { appQuery } from '../api/app-info.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useUserName } from '../api/users.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import type { MapSearch } from '../search.ts'
import { texts } from '../texts/texts.ts'
import type { Names } from '../visits/columns.tsx'
import { LateMapView } from './LateMapView.tsx'
import { MapBar } from './MapBar.tsx'
import { MapButtons } from './MapButtons.tsx'
import { MapLegend } from './MapLegend.tsx'
import { MapSide } from './MapSide.tsx'
import { StreetsBanner } from './StreetsBanner.tsx'
import { useMapTheme } from './use-map-theme.ts'
import { useMap } from './use-map.ts'
import type { PinNames } from './use-pins.ts'

const route = getRouteApi('/shell/map')

const VisitPanel = lazy(async () => ({
  default: (await import('../visits/VisitPanel.tsx')).VisitPanel,
}))

/** From here on the server's own map shows no coast, and could show streets. */
const streetZoom = 11

const noNames: PinNames = new Map()

/** The team's visits on the map. */
export function MapScreen() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const onChange = (change: Partial<MapSearch>, replace = false) => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace })
  }
  const theme = useMapTheme()
  const [pinNames, setPinNames] = useState(noNames)
  const map = useMap({ search, theme, pinNames, onChange })
  const names: Names = { outcome: useOutcome(), user: useUserName() }
  const lacksStreets = useLacksStreets() && (map.view?.seen.zoom ?? 0) >= streetZoom
  return (
    <>
      <MapBar search={search} onChange={onChange} />
      <div className="map-screen" data-has-panel={search.visit !== undefined}>
        <LateMapView theme={theme} onReady={map.onReady} onMissing={map.onMissing}>
          {map.engine && (
            <MapButtons
              engine={map.engine}
              name={texts.screens.map}
              isAtTop
              onShowAll={map.showAll}
            />
          )}
        </LateMapView>
        <MapSide
          search={search}
          map={map}
          names={names}
          onNames={setPinNames}
          onChange={onChange}
        />
        <div className="map-foot">
          {lacksStreets && <StreetsBanner />}
          <MapLegend search={search} data={map.data} theme={theme} onChange={onChange} />
        </div>
        <Suspense>
          {search.visit !== undefined && (
            <VisitPanel id={search.visit} onClose={() => onChange({ visit: undefined })} />
          )}
        </Suspense>
      </div>
    </>
  )
}

/** Whether an admin looks at a map without streets. */
function useLacksStreets(): boolean {
  const { data: app } = useQuery(appQuery)
  const { data: session } = useQuery(sessionQuery)
  return session?.user.role === 'admin' && app !== undefined && !app.map.has_streets
}
