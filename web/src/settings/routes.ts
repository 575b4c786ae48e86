import { createRoute, lazyRouteComponent as screen, redirect } from '@tanstack/react-router'

import { isPhone } from '../parts/is-phone.ts'
import { only } from '../search.ts'
import { inShell } from '../shells/shell-route.ts'
import { parseUsersSearch } from './users/users-search.ts'
import { parseVerificationSearch } from './verification/verification-search.ts'

const settings = createRoute({
  ...inShell('/settings'),
  component: screen(() => import('./SettingsScreen.tsx'), 'SettingsScreen'),
})
const inSettings = <Path extends string>(path: Path) => ({ getParentRoute: () => settings, path })
// Without a section: the first one, or on the phone the list of them.
const index = createRoute({
  ...inSettings('/'),
  beforeLoad: () => {
    if (!isPhone()) throw redirect({ to: '/settings/outcomes', replace: true })
  },
  component: screen(() => import('./SettingsIndexScreen.tsx'), 'SettingsIndexScreen'),
})
const outcomes = createRoute({
  ...inSettings('/outcomes'),
  component: screen(
    () => import('./visit-outcomes/VisitOutcomesScreen.tsx'),
    'VisitOutcomesScreen',
  ),
})
const users = createRoute({
  ...inSettings('/people'),
  validateSearch: only(parseUsersSearch),
  component: screen(() => import('./users/UsersScreen.tsx'), 'UsersScreen'),
})
const tokens = createRoute({
  ...inSettings('/tokens'),
  component: screen(() => import('./tokens/TokensScreen.tsx'), 'TokensScreen'),
})
const oauth = createRoute({
  ...inSettings('/oauth'),
  component: screen(() => import('./oauth/OauthScreen.tsx'), 'OauthScreen'),
})
const verification = createRoute({
  ...inSettings('/verification'),
  validateSearch: parseVerificationSearch,
  component: screen(() => import('./verification/VerificationScreen.tsx'), 'VerificationScreen'),
})
const privacy = createRoute({
  ...inSettings('/privacy'),
  component: screen(() => import('./privacy/PrivacyScreen.tsx'), 'PrivacyScreen'),
})
const map = createRoute({
  ...inSettings('/map'),
  component: screen(() => import('./map/MapSettingsScreen.tsx'), 'MapSettingsScreen'),
})
const geocoder = createRoute({
  ...inSettings('/geocoder'),
  component: screen(() => import('./geocoder/GeocoderScreen.tsx'), 'GeocoderScreen'),
})
const general = createRoute({
  ...inSettings('/general'),
  component: screen(() => import('./general/GeneralScreen.tsx'), 'GeneralScreen'),
})
const audit = createRoute({
  ...inSettings('/audit'),
  component: screen(() => import('./audit/AuditScreen.tsx'), 'AuditScreen'),
})
const about = createRoute({
  ...inSettings('/about'),
  component: screen(() => import('./about/AboutScreen.tsx'), 'AboutScreen'),
})
const account = createRoute({
  ...inSettings('/account'),
  component: screen(() => import('./account/AccountScreen.tsx'), 'AccountScreen'),
})

/** The settings, with a screen for each section. */
export const settingsRoutes = settings.addChildren([
  index,
  outcomes,
  users,
  tokens,
  oauth,
  verification,
  privacy,
  map,
  geocoder,
  general,
  audit,
  about,
  account,
])
