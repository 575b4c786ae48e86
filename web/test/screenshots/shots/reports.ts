import { both, clickButton, failing, loading, type Shot } from '../shot.ts'

export const reportShots: readonly Shot[] = [
  { name: 'reports', path: '/reports', on: both },
  { name: 'reports-by-team', isLightOnly: true, path: '/reports?by=team&last=90d' },
  { name: 'reports-by-week', isLightOnly: true, path: '/reports?by=week&last=90d' },
  { name: 'reports-all-time', isExtra: true, path: '/reports?time=all' },
  { name: 'reports-of-a-team', isExtra: true, path: '/reports', as: 'manager' },
  { name: 'reports-export', isExtra: true, path: '/reports', prepare: clickButton('Export') },
  { name: 'reports-table', isLightOnly: true, path: '/reports', prepare: clickButton('Table') },
  loading('reports', '/reports'),
  { name: 'reports-none', isLightOnly: true, path: '/reports?from=2001-01-01&to=2001-01-02' },
  {
    name: 'reports-failed',
    isLightOnly: true,
    path: '/reports',
    arrange: failing(/^\/v2\/visit_reports/),
  },
]
