// The map alone, as the tests of map.test.ts look at it: `?at=latitude,longitude,zoom&theme=&pins`.
import '@fontsource-variable/geist'
import './page.css'
import { createRoot } from 'react-dom/client'

import type { MapEngine } from '../../src/map/engine.ts'
import { MapView } from '../../src/map/MapView.tsx'
import { pinOverlay, placesOf } from '../../src/map/pin-layers.ts'
import { selectedPin } from '../../src/map/selected-pin.ts'
import { hereOverlay } from '../../src/near/here-overlay.ts'
import { outcomes, selected, visits } from './visits.ts'

declare global {
  interface Window {
    engine?: MapEngine
  }
}

const query = new URLSearchParams(location.search)
const theme = query.get('theme') === 'dark' ? 'dark' : 'light'
const [latitude = 30, longitude = 0, zoom = 2] = (query.get('at') ?? '').split(',').map(Number)

function onReady(engine: MapEngine): void {
  window.engine = engine
  engine.map.jumpTo({ center: [longitude, latitude], zoom })
  if (!query.has('pins')) return
  const [cluster] = visits.clusters
  if (query.has('here') && cluster) {
    const fix = { latitude: cluster.latitude, longitude: cluster.longitude, accuracy: 20, at: 0 }
    engine.show('here', hereOverlay({ fix, ring: null, lineM: null }))
  }
  engine.show('visits', pinOverlay(outcomes, placesOf(visits)))
  selectedPin(engine, outcomes[0] ?? null, 'far', theme)
    .setLngLat(selected)
    .addTo(engine.map)
}

const page = document.getElementById('page')
if (page) createRoot(page).render(<MapView theme={theme} onReady={onReady} />)
