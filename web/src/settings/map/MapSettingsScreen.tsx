import '../server-settings.css'
import './map-settings.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

import { appQuery } from '../../api/app-info.ts'
import { customerMapQuery } from '../../api/maps.ts'
import { settingsQuery } from '../../api/settings.ts'
import type { MapEngine } from '../../map/engine.ts'
import { MapView } from '../../map/MapView.tsx'
import { useMapTheme } from '../../map/use-map-theme.ts'
import { around } from '../../map/view.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Message } from '../../parts/Message.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { Fixed } from '../Fixed.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { SettingsRow } from '../SettingsRow.tsx'
import { hostOf } from './addresses.ts'
import { StyleForm } from './StyleForm.tsx'

const { mapSettings, saving } = texts

/** Which map lies beneath the pins, and how to have streets. */
export function MapSettingsScreen() {
  const isAdmin = useIsAdmin()
  const { data: settings, error, refetch } = useQuery({ ...settingsQuery, enabled: isAdmin })
  if (settings && !settings.fixed.includes('map')) {
    return (
      <StyleForm
        key={settings.map.style_url}
        settings={settings}
        before={<InUse />}
        after={<Files />}
      />
    )
  }
  return (
    <SettingsPage section="map" about={mapSettings.about} isRead={!error}>
      <div className="settings-narrow map-settings">
        {!isAdmin && <AdminsOnly />}
        <InUse isFixed={settings?.fixed.includes('map')} />
        {isAdmin && !settings && !error && <Skeleton rows={3} hasDisc={false} />}
        {isAdmin && !settings && error && (
          <Failed title={mapSettings.failed} error={error} onRetry={() => void refetch()} />
        )}
        {isAdmin && <Files />}
      </div>
    </SettingsPage>
  )
}

function InUse({ isFixed }: { readonly isFixed?: boolean | undefined }) {
  const { data: app } = useQuery(appQuery)
  const theme = useMapTheme()
  const [engine, setEngine] = useState<MapEngine>()
  const isMissing = useIsMissing(engine)
  useCustomersInView(engine)
  const isAdmin = useIsAdmin()
  const map = app?.map
  const kind =
    map === undefined ? 'bundled' : map.style_url ? 'style' : map.has_streets ? 'file' : 'bundled'
  return (
    <SettingsBox title={mapSettings.inUse} aside={isFixed && <Fixed />}>
      <div className="map-preview">
        <MapView theme={theme} onReady={setEngine} />
      </div>
      {isMissing && <Message kind="warning">{mapSettings.unreachable}</Message>}
      {map && (
        <>
          <SettingsRow label={mapSettings.kinds[kind].name} help={mapSettings.kinds[kind].help}>
            {undefined}
          </SettingsRow>
          {map.style_url && (
            <SettingsRow label={mapSettings.address}>
              <span className="mono muted address">
                {isAdmin ? map.style_url : hostOf(map.style_url)}
              </span>
            </SettingsRow>
          )}
          <SettingsRow label={mapSettings.credits} help={mapSettings.creditsHelp}>
            <span className="muted">{map.attribution ?? mapSettings.noCredits}</span>
          </SettingsRow>
          {isFixed && <p className="box-foot faint small">{saving.fixedBy('MAP_STYLE_URL')}</p>}
        </>
      )}
    </SettingsBox>
  )
}

/** The ways that need whoever runs the server. */
const Files = () => (
  <SettingsBox title={mapSettings.files} about={mapSettings.filesAbout}>
    <ol className="map-ways">
      {mapSettings.ways.map(({ name, help, code }) => (
        <li key={name}>
          <b>{name}</b>
          <p className="muted">{help}</p>
          <pre className="mono">{code}</pre>
        </li>
      ))}
    </ol>
  </SettingsBox>
)

const previewMargin = 32

/** Begins where the team's customers are, and stays where the person moves it. */
function useCustomersInView(engine: MapEngine | undefined): void {
  const { data } = useQuery(customerMapQuery({}, null))
  const fitted = useRef<MapEngine>(null)
  useEffect(() => {
    const all = data && around([...data.points, ...data.clusters])
    if (!engine || !all || fitted.current === engine) return
    fitted.current = engine
    const [west, south, east, north] = all
    const bounds: [number, number, number, number] = [
      west,
      south,
      west > east ? east + 360 : east,
      north,
    ]
    engine.map.fitBounds(bounds, { padding: previewMargin, maxZoom: 12, animate: false })
  }, [engine, data])
}

const patienceMs = 6_000

/** Whether the map is still paper after a while. */
function useIsMissing(engine: MapEngine | undefined): boolean {
  const [isMissing, setIsMissing] = useState(false)
  useEffect(() => {
    const look = () => setIsMissing(engine !== undefined && !engine.isLoaded)
    const timer = setTimeout(look, patienceMs)
    const stop = engine?.subscribe(() => {
      if (engine.isLoaded) setIsMissing(false)
    })
    return () => {
      clearTimeout(timer)
      stop?.()
    }
  }, [engine])
  return isMissing
}
