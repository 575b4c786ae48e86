import Type from 'typebox'

import { exportOperation, exportQuery, visitExportColumns } from './exports.ts'
import type { Operation } from './operations.ts'
import { visitFilterRules, visitFilters } from './visit-filters.ts'

export const exportVisits = {
  ...exportOperation,
  id: 'exportVisits',
  path: '/v2/visits/export',
  tag: 'Visits',
  summary: 'Export visits to a file',
  query: Type.Object({ ...exportQuery(visitExportColumns), ...visitFilters }, visitFilterRules),
} as const satisfies Operation

export type VisitExportQuery = Type.Static<typeof exportVisits.query>
