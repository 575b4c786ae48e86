import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { tagLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, Ids, nullable, pages, sortBy, Text } from './parameters.ts'

export const labelSorts = ['id', 'name', 'created_at', 'updated_at'] as const

const Time = Type.String({ format: 'date-time' })
const times = { created_at: Time, updated_at: Time }
const Kind = Type.Enum(['lead', 'contact'])

/** A word that leads or contacts bear. A new word on a record becomes a tag by itself. */
export const Tag = Type.Object({
  id: Id,
  name: Type.String(),
  resource_type: Kind,
  creator_id: nullable(Id),
  ...times,
})

/** A status that clients offer for leads. Leads may have any other text as well. */
export const LeadStatus = Type.Object({ id: Id, name: Type.String(), ...times })

/** Where leads come from; `source_id` of a lead names it. */
export const LeadSource = Type.Object({
  id: Id,
  name: Type.String(),
  resource_type: Type.Enum(['lead']),
  creator_id: nullable(Id),
  ...times,
})

const filters = {
  ...pages(),
  sort_by: sortBy(labelSorts, 'id'),
  ids: Type.Optional(Ids),
  name: Type.Optional(Text),
}
const tag = 'Leads and contacts'
const params = Type.Object({ id: Id })
const query = Type.Object({})
const Name = Type.String({ minLength: 1, maxLength: tagLengthMax })

const read = { method: 'GET', tag, scopes: ['read'] } as const
const written = { tag, scopes: ['write'], isForAdmins: true, query } as const
const created = { ...written, method: 'POST', body: Type.Object({ name: Name }) } as const
const updated = {
  ...written,
  method: 'PUT',
  params,
  body: Type.Object({ name: Type.Optional(Name) }),
} as const

export const listTags = {
  ...read,
  id: 'listTags',
  path: '/v2/tags',
  summary: 'List the tags of leads and contacts',
  query: Type.Object({
    ...filters,
    resource_type: Type.Optional(Kind),
    creator_id: Type.Optional(Id),
  }),
  answer: collection(item(Tag, 'tag')),
} as const satisfies Operation

export const getTag = {
  ...read,
  id: 'getTag',
  path: '/v2/tags/:id',
  summary: 'One tag',
  params,
  query,
  resource: 'tag',
  answer: item(Tag, 'tag'),
} as const satisfies Operation

const status = { resource: 'lead_status', answer: item(LeadStatus, 'lead_status') } as const

export const listLeadStatuses = {
  ...read,
  id: 'listLeadStatuses',
  path: '/v2/lead_statuses',
  summary: 'List the statuses that clients offer for leads',
  query: Type.Object(filters),
  answer: collection(status.answer),
} as const satisfies Operation

export const getLeadStatus = {
  ...read,
  ...status,
  id: 'getLeadStatus',
  path: '/v2/lead_statuses/:id',
  summary: 'One lead status',
  params,
  query,
} as const satisfies Operation

export const createLeadStatus = {
  ...created,
  ...status,
  id: 'createLeadStatus',
  path: '/v2/lead_statuses',
  summary: 'Add a lead status',
  description: 'For admins.',
} as const satisfies Operation

export const updateLeadStatus = {
  ...updated,
  ...status,
  id: 'updateLeadStatus',
  path: '/v2/lead_statuses/:id',
  summary: 'Rename a lead status',
  description: 'For admins. Leads keep the text that they have.',
} as const satisfies Operation

const source = { resource: 'lead_source', answer: item(LeadSource, 'lead_source') } as const

export const listLeadSources = {
  ...read,
  id: 'listLeadSources',
  path: '/v2/lead_sources',
  summary: 'List the sources of leads',
  query: Type.Object({ ...filters, creator_id: Type.Optional(Id) }),
  answer: collection(source.answer),
} as const satisfies Operation

export const getLeadSource = {
  ...read,
  ...source,
  id: 'getLeadSource',
  path: '/v2/lead_sources/:id',
  summary: 'One source of leads',
  params,
  query,
} as const satisfies Operation

export const createLeadSource = {
  ...created,
  ...source,
  id: 'createLeadSource',
  path: '/v2/lead_sources',
  summary: 'Add a source of leads',
  description: 'For admins.',
} as const satisfies Operation

export const updateLeadSource = {
  ...updated,
  ...source,
  id: 'updateLeadSource',
  path: '/v2/lead_sources/:id',
  summary: 'Rename a source of leads',
  description: 'For admins. Leads name it by its id.',
} as const satisfies Operation

export type Tag = Type.Static<typeof Tag>
export type LeadStatus = Type.Static<typeof LeadStatus>
export type LeadSource = Type.Static<typeof LeadSource>
