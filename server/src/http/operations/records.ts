import {
  exportContacts,
  createContact,
  deleteContact,
  getContact,
  listContacts,
  updateContact,
  upsertContact,
} from '@doorstep/contract/contacts'
import {
  createContactCustomField,
  createLeadCustomField,
  getContactCustomField,
  getLeadCustomField,
  listContactCustomFields,
  listLeadCustomFields,
  updateContactCustomField,
  updateLeadCustomField,
} from '@doorstep/contract/custom-fields'
import { getCustomer, listCustomers } from '@doorstep/contract/customers'
import {
  createLeadSource,
  createLeadStatus,
  getLeadSource,
  getLeadStatus,
  getTag,
  listLeadSources,
  listLeadStatuses,
  listTags,
  updateLeadSource,
  updateLeadStatus,
} from '@doorstep/contract/labels'
import {
  exportLeads,
  createLead,
  deleteLead,
  getLead,
  listLeads,
  updateLead,
  upsertLead,
} from '@doorstep/contract/leads'
import { createPinChange, listPinChanges, updatePinChange } from '@doorstep/contract/pin-changes'
import { listPinSuggestions } from '@doorstep/contract/pin-suggestions'
import { search } from '@doorstep/contract/search'
import { createGeocodingRetry, getUnplacedCounts, listUnplaced } from '@doorstep/contract/unplaced'
import type { FastifyInstance } from 'fastify'

import * as customers from '../customers.ts'
import * as exports from '../exports/exports.ts'
import { contacts } from '../records/contacts.ts'
import { contactCustomFields, leadCustomFields } from '../records/custom-fields.ts'
import * as labels from '../records/labels.ts'
import { leads } from '../records/leads.ts'
import * as pinChanges from '../records/pin-changes.ts'
import * as pinSuggestions from '../records/pin-suggestions.ts'
import * as unplaced from '../records/unplaced.ts'
import type { Tools } from '../request/call.ts'
import { byRevision } from '../request/tagged.ts'
import * as searches from '../search.ts'
import { serve } from '../serve.ts'

/** Leads, contacts, and what belongs to them. */
export function serveRecords(app: FastifyInstance, tools: Tools): void {
  serve(app, tools, listUnplaced, byRevision(unplaced.listUnplaced))
  serve(app, tools, getUnplacedCounts, byRevision(unplaced.getUnplacedCounts))
  serve(app, tools, createGeocodingRetry, unplaced.createGeocodingRetry)
  serve(app, tools, listPinChanges, byRevision(pinChanges.listPinChanges))
  serve(app, tools, search, byRevision(searches.search, { withScopes: true }))
  serve(app, tools, listCustomers, byRevision(customers.listCustomers))
  serve(app, tools, getCustomer, customers.getCustomer)
  serve(app, tools, createPinChange, pinChanges.createPinChange)
  serve(app, tools, updatePinChange, pinChanges.updatePinChange)
  serve(app, tools, listLeads, byRevision(leads.list))
  serve(app, tools, listPinSuggestions, byRevision(pinSuggestions.listPinSuggestions))
  serve(app, tools, getLead, leads.get)
  serve(app, tools, createLead, leads.create, leads.createChecks)
  serve(app, tools, upsertLead, leads.upsert, leads.upsertChecks)
  serve(app, tools, updateLead, leads.update, leads.updateChecks)
  serve(app, tools, deleteLead, leads.delete)
  serve(app, tools, listContacts, byRevision(contacts.list))
  serve(app, tools, exportLeads, exports.exportLeads)
  serve(app, tools, exportContacts, exports.exportContacts)
  serve(app, tools, getContact, contacts.get)
  serve(app, tools, createContact, contacts.create, contacts.createChecks)
  serve(app, tools, upsertContact, contacts.upsert, contacts.upsertChecks)
  serve(app, tools, updateContact, contacts.update, contacts.updateChecks)
  serve(app, tools, deleteContact, contacts.delete)
  serve(app, tools, listLeadCustomFields, leadCustomFields.list)
  serve(app, tools, getLeadCustomField, leadCustomFields.get)
  serve(app, tools, createLeadCustomField, leadCustomFields.create, leadCustomFields.checks)
  serve(app, tools, updateLeadCustomField, leadCustomFields.update, leadCustomFields.checks)
  serve(app, tools, listContactCustomFields, contactCustomFields.list)
  serve(app, tools, getContactCustomField, contactCustomFields.get)
  serve(
    app,
    tools,
    createContactCustomField,
    contactCustomFields.create,
    contactCustomFields.checks,
  )
  serve(
    app,
    tools,
    updateContactCustomField,
    contactCustomFields.update,
    contactCustomFields.checks,
  )
  serve(app, tools, listTags, labels.listTags)
  serve(app, tools, getTag, labels.getTag)
  serve(app, tools, listLeadStatuses, labels.listLeadStatuses)
  serve(app, tools, getLeadStatus, labels.getLeadStatus)
  serve(app, tools, createLeadStatus, labels.createLeadStatus, labels.statusChecks)
  serve(app, tools, updateLeadStatus, labels.updateLeadStatus, labels.statusChecks)
  serve(app, tools, listLeadSources, labels.listLeadSources)
  serve(app, tools, getLeadSource, labels.getLeadSource)
  serve(app, tools, createLeadSource, labels.createLeadSource, labels.sourceChecks)
  serve(app, tools, updateLeadSource, labels.updateLeadSource, labels.sourceChecks)
}
