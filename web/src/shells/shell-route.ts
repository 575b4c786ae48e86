import { createRootRoute, createRoute } from '@tanstack/react-router'

import { requireSession } from '../session/require-session.ts'
import { FailedScreen } from './FailedScreen.tsx'
import { MissingScreen } from './MissingScreen.tsx'
import { Shell } from './Shell.tsx'
import { ShellShape } from './ShellShape.tsx'

/** What every route is below. */
export const root = createRootRoute({
  notFoundComponent: MissingScreen,
  errorComponent: FailedScreen,
})

/** For a screen of its own. */
export const atRoot = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path })

/** Of screens in the rail or above the tab bar, for whoever is signed in. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  pendingComponent: ShellShape,
  pendingMs: 150,
  pendingMinMs: 0,
  errorComponent: FailedScreen,
  beforeLoad: ({ location }) => requireSession(location.href),
})
/** For a screen in it. */
export const inShell = <Path extends string>(path: Path) => ({ getParentRoute: () => shell, path })
