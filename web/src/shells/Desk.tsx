import { Outlet } from '@tanstack/react-router'

import { texts } from '../texts/texts.ts'
import { Offline } from './Offline.tsx'
import { Rail } from './Rail.tsx'

/** The rail at the left, a screen with its own bar beside it. */
export const Desk = () => (
  <div className="desk">
    <a className="skip button" href="#screen">
      {texts.shells.skip}
    </a>
    <Rail />
    <main id="screen" className="screen" tabIndex={-1}>
      <Outlet />
      <Offline />
    </main>
  </div>
)
