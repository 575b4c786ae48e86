import {
  type createLead,
  type deleteLead,
  type getLead,
  type LeadQuery,
  leadSorts,
  type listLeads,
  type updateLead,
  type upsertLead,
} from '@doorstep/contract/leads'

import { leadKind } from '../domain/leads.ts'
import type { RecordFilter } from '../domain/records.ts'
import { toSort } from './pages.ts'
import { toSharedFilter } from './record-filters.ts'
import {
  createRecord,
  deleteRecord,
  getRecord,
  listRecords,
  problemsOfCreate,
  problemsOfUpdate,
  problemsOfUpsert,
  updateRecord,
  upsertRecord,
} from './records.ts'
import type { Checks, Handler } from './routes.ts'

export const handleListLeads: Handler<typeof listLeads> = (call) => {
  const { query } = call
  const { field, descending } = toSort(query.sort_by ?? 'updated_at', leadSorts)
  return listRecords(leadKind, call, query, {
    filter: { ...toFilter(query), ids: query.ids },
    sort: { field: field === 'organization_name' ? 'name' : field, descending },
  })
}

export const handleGetLead: Handler<typeof getLead> = (call) =>
  getRecord(leadKind, call, call.query)

export const handleCreateLead: Handler<typeof createLead> = (call) =>
  createRecord(leadKind, call, call.query, call.body)

export const handleUpdateLead: Handler<typeof updateLead> = (call) =>
  updateRecord(leadKind, call, call.query, call.body)

export const handleUpsertLead: Handler<typeof upsertLead> = (call) =>
  upsertRecord(leadKind, call, call.query, toFilter(call.query), call.body)

export const handleDeleteLead: Handler<typeof deleteLead> = (call) => deleteRecord(leadKind, call)

export const createLeadChecks: Checks<typeof createLead> = {
  otherwise: (call, body) => problemsOfCreate(leadKind, call, body),
}

export const updateLeadChecks: Checks<typeof updateLead> = {
  otherwise: (call, body) => problemsOfUpdate(leadKind, call, body),
}

export const upsertLeadChecks: Checks<typeof upsertLead> = {
  otherwise: (call, body) => problemsOfUpsert(leadKind, call, toFilter(call.query), body),
}

const toFilter = (query: LeadQuery): RecordFilter => ({
  ...toSharedFilter(query),
  name: query.organization_name,
  status: query.status,
  sourceId: query.source_id,
})
