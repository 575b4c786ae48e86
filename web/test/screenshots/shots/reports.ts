import { both, clickButton, failing, type Shot } from '../shot.ts'

export const reportShots: readonly Shot[] = [
  { name: 'reports', path: '/reports', on: both },
  { name: 'reports-by-team', isLightOnly: true, path: '/reports?by=team&last=90d' },
  { name: 'reports-by-week', isLightOnly: true, path: '/reports?by=week&last=90d' },
  { name: 'reports-all-time', isExtra: true, path: '/reports?time=all' },
  { name: 'reports-of-a-team', isExtra: true, path: '/reports', as: 'manager' },
  { name: 'reports-export', isExtra: true, path: '/reports', prepare: clickButton('Export') },
  { name: 'reports-table', isExtra: true, path: '/reports', prepare: clickButton('Table') },
  { name: 'reports-none', isExtra: true, path: '/reports?from=2001-01-01&to=2001-01-02' },
  {
    name: 'reports-failed',
    isExtra: true,
    path: '/reports',
    arrange: failing(/^\/v2\/visit_reports/),
  },
]
