import {
  type ContactQuery,
  contactSorts,
  type createContact,
  type deleteContact,
  type getContact,
  type listContacts,
  type updateContact,
  type upsertContact,
} from '@doorstep/contract/contacts'

import { contactKind } from '../domain/contacts.ts'
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

export const handleListContacts: Handler<typeof listContacts> = (call) => {
  const { query } = call
  return listRecords(contactKind, call, query, {
    filter: { ...toFilter(query), ids: query.ids },
    sort: toSort(query.sort_by ?? 'last_name', contactSorts),
  })
}

export const handleGetContact: Handler<typeof getContact> = (call) =>
  getRecord(contactKind, call, call.query)

export const handleCreateContact: Handler<typeof createContact> = (call) =>
  createRecord(contactKind, call, call.query, call.body)

export const handleUpdateContact: Handler<typeof updateContact> = (call) =>
  updateRecord(contactKind, call, call.query, call.body)

export const handleUpsertContact: Handler<typeof upsertContact> = (call) =>
  upsertRecord(contactKind, call, call.query, toFilter(call.query), call.body)

export const handleDeleteContact: Handler<typeof deleteContact> = (call) =>
  deleteRecord(contactKind, call)

export const createContactChecks: Checks<typeof createContact> = {
  otherwise: (call, body) => problemsOfCreate(contactKind, call, body),
}

export const updateContactChecks: Checks<typeof updateContact> = {
  otherwise: (call, body) => problemsOfUpdate(contactKind, call, body),
}

export const upsertContactChecks: Checks<typeof upsertContact> = {
  otherwise: (call, body) => problemsOfUpsert(contactKind, call, toFilter(call.query), body),
}

const toFilter = (query: ContactQuery): RecordFilter => ({
  ...toSharedFilter(query),
  name: query.name,
  contactId: query.contact_id,
  isOrganization: query.is_organization,
})
