import { both, clickButton, failing, type Shot } from '../shot.ts'

export const reportShots: readonly Shot[] = [
  { name: 'reports', path: '/reports', on: both },
  { name: 'reports-by-team', path: '/reports?by=team&last=90d' },
  { name: 'reports-by-week', path: '/reports?by=week&last=90d' },
  { name: 'reports-all-time', path: '/reports?time=all' },
  { name: 'reports-of-a-team', path: '/reports', as: 'manager' },
  { name: 'reports-export', path: '/reports', prepare: clickButton('Export') },
  { name: 'reports-table', path: '/reports', prepare: clickButton('Table') },
  { name: 'reports-none', path: '/reports?from=2001-01-01&to=2001-01-02' },
  { name: 'reports-failed', path: '/reports', arrange: failing(/^\/v2\/visit_reports/) },
]
