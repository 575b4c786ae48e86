import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { exportOperation, exportQuery, leadExportColumns } from './exports.ts'
import type { Operation } from './operations.ts'
import {
  externalIdFilters,
  Id,
  Ids,
  nullable,
  pagesOrWalk,
  sortBy,
  Text,
  timeRanges,
  walk,
} from './parameters.ts'
import {
  Address,
  answeredEnd,
  answeredTexts,
  identity,
  include,
  Line,
  recordOperation,
  sharedFilters,
  writable,
} from './records.ts'

export const leadSorts = [
  'id',
  'created_at',
  'updated_at',
  'first_name',
  'last_name',
  'organization_name',
] as const

export const Lead = Type.Object({
  ...identity,
  first_name: Line,
  last_name: Line,
  organization_name: Line,
  status: Type.String(),
  source_id: nullable(Id),
  ...answeredTexts,
  address: nullable(Address),
  unqualified_reason_id: nullable(Id),
  ...answeredEnd,
})

const filters = {
  ...sharedFilters,
  organization_name: Type.Optional(Text),
  status: Type.Optional(Text),
  source_id: Type.Optional(Id),
}

const Change = Type.Object({
  ...writable,
  organization_name: Type.Optional(Line),
  status: Type.Optional(Text),
  source_id: Type.Optional(nullable(Id)),
  unqualified_reason_id: Type.Optional(nullable(Id)),
})

const shared = { tag: 'Leads', resource: 'lead' } as const
const answer = item(Lead, 'lead')

export const listLeads = {
  ...shared,
  id: 'listLeads',
  method: 'GET',
  path: '/v2/leads',
  summary: 'List leads',
  description: 'Every user reads all leads of the account.',
  scopes: ['read'],
  query: Type.Object({
    ...pagesOrWalk(),
    sort_by: sortBy(leadSorts, 'updated_at'),
    ...walk,
    ids: Type.Optional(Ids),
    ...externalIdFilters,
    ...filters,
    ...timeRanges,
    include,
  }),
  answer: collection(answer),
} as const satisfies Operation

export const exportLeads = {
  ...exportOperation,
  id: 'exportLeads',
  path: '/v2/leads/export',
  tag: 'Leads',
  summary: 'Export leads to a file',
  query: Type.Object({
    ...exportQuery(leadExportColumns),
    ids: Type.Optional(Ids),
    ...externalIdFilters,
    ...filters,
  }),
} as const satisfies Operation

export const getLead = {
  ...shared,
  ...recordOperation.get,
  id: 'getLead',
  path: '/v2/leads/:id',
  summary: 'One lead',
  answer,
} as const satisfies Operation

export const createLead = {
  ...shared,
  ...recordOperation.create,
  id: 'createLead',
  path: '/v2/leads',
  summary: 'Create a lead',
  description:
    'Needs `last_name` or `organization_name`. `owner_id` defaults to the token’s user. Accepts ' +
    '`Idempotency-Key`.',
  body: Change,
  answer,
} as const satisfies Operation

export const upsertLead = {
  ...shared,
  id: 'upsertLead',
  method: 'POST',
  path: '/v2/leads/upsert',
  summary: 'Update the one lead that matches the filters, or create one',
  description: 'Needs at least one filter. If several leads match, none is changed.',
  scopes: ['write'],
  query: Type.Object({ ...filters, include }),
  body: Change,
  answer,
} as const satisfies Operation

export const updateLead = {
  ...shared,
  ...recordOperation.update,
  id: 'updateLead',
  path: '/v2/leads/:id',
  summary: 'Change a lead',
  description:
    'Changes only what is given; `tags` and `sites` are replaced. For the owner, the users above ' +
    'them, and admins.',
  body: Change,
  answer,
} as const satisfies Operation

export const deleteLead = {
  ...recordOperation.delete,
  id: 'deleteLead',
  path: '/v2/leads/:id',
  tag: 'Leads',
  summary: 'Delete a lead; visits to it stay',
} as const satisfies Operation

export type Lead = Type.Static<typeof Lead>
export type LeadQuery = Type.Static<typeof listLeads.query>
export type LeadExportQuery = Type.Static<typeof exportLeads.query>
export type LeadChange = Type.Static<typeof Change>
export type LeadItem = Type.Static<typeof answer>
export type LeadCollection = Type.Static<typeof listLeads.answer>
