import './phone.css'
import { Outlet } from '@tanstack/react-router'

import { useMapTiles } from '../offline/use-map-tiles.ts'
import { useRecordSync } from '../offline/use-records.ts'
import { Offline } from './Offline.tsx'
import { TabBar } from './TabBar.tsx'

/** A screen above the tab bar. */
export function Phone() {
  useRecordSync()
  useMapTiles()
  return (
    <div className="phone">
      <main id="screen" className="screen" tabIndex={-1}>
        <Outlet />
        <Offline />
      </main>
      <TabBar />
    </div>
  )
}
