import './phone.css'
import { Outlet } from '@tanstack/react-router'

import { Offline } from './Offline.tsx'
import { TabBar } from './TabBar.tsx'

/** A screen above the tab bar. */
export const Phone = () => (
  <div className="phone">
    <main id="screen" className="screen" tabIndex={-1}>
      <Outlet />
      <Offline />
    </main>
    <TabBar />
  </div>
)
