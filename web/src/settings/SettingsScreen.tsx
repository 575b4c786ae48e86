import './settings.css'
import './narrow-settings.css'
import { Outlet } from '@tanstack/react-router'

import { SettingsNav } from './SettingsNav.tsx'

/** The sections at the left; the one shown brings its own bar. */
export const SettingsScreen = () => (
  <div className="settings">
    <SettingsNav />
    <Outlet />
  </div>
)
