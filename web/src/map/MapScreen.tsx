import './map-screen.css'
import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'
import { MapView } from './MapView.tsx'
import { useMapTheme } from './use-map-theme.ts'

/** The team's visits on the map. */
export function MapScreen() {
  const theme = useMapTheme()
  return (
    <>
      <Bar title={texts.screens.map} />
      <div className="map-screen">
        <MapView theme={theme} />
      </div>
    </>
  )
}
