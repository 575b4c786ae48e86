import {
  createRoute,
  createRouter,
  lazyRouteComponent as screen,
  redirect,
} from '@tanstack/react-router'

import { parseAddressesSearch } from './addresses/addresses-search.ts'
import { basePath } from './base-path.ts'
import { parseCustomersSearch } from './customers/customers-search.ts'
import { parseImportSearch } from './imports/import-search.ts'
import { parseLogSearch } from './log/log-search.ts'
import { parseMyVisitsSearch } from './me/my-visits-search.ts'
import { type NewLeadSearch, parseNearSearch, parseNewLeadSearch } from './near/near-search.ts'
import { isPhone } from './parts/is-phone.ts'
import { parseReportsSearch } from './reports/reports-search.ts'
import { parseReviewSearch } from './review/review-search.ts'
import { only, parseMapSearch, printSearch, readSearch } from './search.ts'
import { requireSession } from './session/require-session.ts'
import { parseSignInSearch } from './session/sign-in-search.ts'
import { settingsRoutes } from './settings/routes.ts'
import { atRoot, inShell, root, shell } from './shells/shell-route.ts'
import { parseVisitsSearch } from './visits/visits-search.ts'

// Most of these need nobody to be signed in.
const signIn = createRoute({
  ...atRoot('/sign-in'),
  validateSearch: only(parseSignInSearch),
  component: screen(() => import('./session/SignInScreen.tsx'), 'SignInScreen'),
})
const invitation = createRoute({
  ...atRoot('/invitation'),
  component: screen(() => import('./session/InvitationScreen.tsx'), 'InvitationScreen'),
})
const setup = createRoute({
  ...atRoot('/setup'),
  component: screen(() => import('./setup/SetupScreen.tsx'), 'SetupScreen'),
})
const setupByAdmins = createRoute({
  getParentRoute: () => root,
  id: 'setup-by-admins',
  beforeLoad: ({ location }) => requireSession(location.href),
  component: screen(() => import('./setup/ForAdmins.tsx'), 'ForAdmins'),
})
const setupVisits = createRoute({
  getParentRoute: () => setupByAdmins,
  path: '/setup/visits',
  component: screen(() => import('./setup/SetupVisitsScreen.tsx'), 'SetupVisitsScreen'),
})
const setupPeople = createRoute({
  getParentRoute: () => setupByAdmins,
  path: '/setup/people',
  component: screen(() => import('./setup/SetupPeopleScreen.tsx'), 'SetupPeopleScreen'),
})

/** Where `/` leads to. */
export const startPath = () => (isPhone() ? '/near' : '/map')

const mapScreen = screen(() => import('./map/MapScreen.tsx'), 'MapScreen')
const nearScreen = screen(() => import('./near/NearScreen.tsx'), 'NearScreen')
const start = createRoute({
  ...inShell('/'),
  // Never shown: where it leads to.
  component: isPhone() ? nearScreen : mapScreen,
  beforeLoad: () => {
    throw redirect({ to: startPath(), replace: true })
  },
})

const map = createRoute({
  ...inShell('/map'),
  validateSearch: only(parseMapSearch),
  component: mapScreen,
})
const visits = createRoute({
  ...inShell('/visits'),
  validateSearch: only(parseVisitsSearch),
  component: screen(() => import('./visits/VisitsScreen.tsx'), 'VisitsScreen'),
})
const visit = createRoute({
  ...inShell('/visits/$id'),
  component: screen(() => import('./visits/VisitScreen.tsx'), 'VisitScreen'),
})
const review = createRoute({
  ...inShell('/review'),
  validateSearch: only(parseReviewSearch),
  component: screen(() => import('./review/ReviewScreen.tsx'), 'ReviewScreen'),
})
const reports = createRoute({
  ...inShell('/reports'),
  validateSearch: only(parseReportsSearch),
  component: screen(() => import('./reports/ReportsScreen.tsx'), 'ReportsScreen'),
})
const addresses = createRoute({
  ...inShell('/addresses'),
  validateSearch: only(parseAddressesSearch),
  component: screen(() => import('./addresses/AddressesScreen.tsx'), 'AddressesScreen'),
})
const customers = createRoute({
  ...inShell('/customers'),
  validateSearch: only(parseCustomersSearch),
  component: screen(() => import('./customers/CustomersScreen.tsx'), 'CustomersScreen'),
})
const customer = createRoute({
  ...inShell('/customers/$type/$id'),
  component: screen(() => import('./customers/CustomerScreen.tsx'), 'CustomerScreen'),
})
const imports = createRoute({
  ...inShell('/import'),
  validateSearch: only(parseImportSearch),
  component: screen(() => import('./imports/ImportScreen.tsx'), 'ImportScreen'),
})
// The rep's phone.
const near = createRoute({
  ...inShell('/near'),
  validateSearch: only(parseNearSearch),
  component: nearScreen,
})
const nearWhy = createRoute({
  ...inShell('/near/why'),
  component: screen(() => import('./near/WhyScreen.tsx'), 'WhyScreen'),
})
const newLead = createRoute({
  ...inShell('/near/new'),
  validateSearch: only(parseNewLeadSearch),
  beforeLoad: ({ search }: { readonly search: NewLeadSearch }) => {
    if (search.draft !== undefined) return
    throw redirect({ to: '/near/new', search: { ...search, draft: Date.now() }, replace: true })
  },
  component: screen(() => import('./near/NewLeadScreen.tsx'), 'NewLeadScreen'),
})
const pin = createRoute({
  ...inShell('/customers/$type/$id/pin'),
  component: screen(() => import('./log/PinScreen.tsx'), 'PinScreen'),
})
const today = createRoute({
  ...inShell('/today'),
  component: screen(() => import('./today/TodayScreen.tsx'), 'TodayScreen'),
})
const log = createRoute({
  ...inShell('/log'),
  validateSearch: only(parseLogSearch),
  component: screen(() => import('./log/LogScreen.tsx'), 'LogScreen'),
})
const myVisits = createRoute({
  ...inShell('/my-visits'),
  validateSearch: only(parseMyVisitsSearch),
  component: screen(() => import('./me/MyVisitsScreen.tsx'), 'MyVisitsScreen'),
})
const myVisit = createRoute({
  ...inShell('/my-visits/$id'),
  component: screen(() => import('./me/MyVisitScreen.tsx'), 'MyVisitScreen'),
})
const me = createRoute({
  ...inShell('/me'),
  component: screen(() => import('./me/MeScreen.tsx'), 'MeScreen'),
})
const outbox = createRoute({
  ...inShell('/me/outbox'),
  component: screen(() => import('./me/OutboxScreen.tsx'), 'OutboxScreen'),
})
const myLocation = createRoute({
  ...inShell('/me/location'),
  component: screen(() => import('./me/MyLocationScreen.tsx'), 'MyLocationScreen'),
})
const installScreen = createRoute({
  ...inShell('/me/install'),
  component: screen(() => import('./me/InstallScreen.tsx'), 'InstallScreen'),
})

// In development only, all parts in all states.
const inDevelopment = import.meta.env.DEV
  ? [
      createRoute({
        ...atRoot('/parts'),
        component: screen(() => import('./parts/PartsScreen.tsx'), 'PartsScreen'),
      }),
    ]
  : []

const shellRoutes = shell.addChildren([
  start,
  map,
  visits,
  visit,
  review,
  reports,
  addresses,
  customers,
  customer,
  settingsRoutes,
  imports,
  near,
  nearWhy,
  newLead,
  pin,
  today,
  log,
  myVisits,
  myVisit,
  me,
  outbox,
  myLocation,
  installScreen,
])
const setupSteps = setupByAdmins.addChildren([setupVisits, setupPeople])
const alone = [signIn, invitation, setup, setupSteps] as const

export const router = createRouter({
  routeTree: root.addChildren([...alone, shellRoutes, ...inDevelopment]),
  basepath: basePath || '/',
  parseSearch: readSearch,
  stringifySearch: printSearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
