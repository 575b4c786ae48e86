import './phone.css'
import { Outlet, useLocation } from '@tanstack/react-router'

import { useMapTiles } from '../offline/use-map-tiles.ts'
import { useRecordSync } from '../offline/use-records.ts'
import { Offline } from './Offline.tsx'
import { TabBar } from './TabBar.tsx'

/** The rep's screens say in their own place that there is no network. */
const isOwn = (pathname: string) => /^\/(?:near|today|log|my-visits|me)(?:\/|$)/.test(pathname)

/** A screen above the tab bar. */
export function Phone() {
  useRecordSync()
  useMapTiles()
  const { pathname } = useLocation()
  return (
    <div className="phone">
      <main id="screen" className="screen" tabIndex={-1}>
        <Outlet />
        {!isOwn(pathname) && <Offline />}
      </main>
      <TabBar />
    </div>
  )
}
