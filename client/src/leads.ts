import type {
  LeadChange,
  exportLeads,
  LeadCollection,
  LeadExportQuery,
  LeadItem,
  LeadQuery,
  listLeads,
  upsertLead,
} from '@doorstep/contract/leads'
import type { QueryOf } from '@doorstep/contract/operations'

import type { Connection } from './connection.ts'
import { type Records, records } from './records.ts'

type Filters = Omit<QueryOf<typeof upsertLead>, 'include'>

/** The account's leads. */
export type Leads = Records<
  LeadQuery,
  Filters,
  LeadChange,
  LeadItem,
  LeadCollection,
  LeadExportQuery
>

const path: typeof listLeads.path = '/v2/leads'
const upsertPath: typeof upsertLead.path = '/v2/leads/upsert'
const exportPath: typeof exportLeads.path = '/v2/leads/export'

export const leads = (connection: Connection): Leads =>
  records(connection, path, upsertPath, exportPath)
