import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { exportOperation, exportQuery, contactExportColumns } from './exports.ts'
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

export const customerStatuses = ['none', 'current', 'past'] as const
export const prospectStatuses = ['none', 'current', 'lost'] as const

export const contactSorts = [
  'id',
  'created_at',
  'updated_at',
  'name',
  'first_name',
  'last_name',
] as const

export const Contact = Type.Object({
  ...identity,
  is_organization: Type.Boolean(),
  contact_id: nullable(Id),
  parent_organization_id: nullable(Id),
  name: Line,
  first_name: Line,
  last_name: Line,
  customer_status: Type.Enum(customerStatuses),
  prospect_status: Type.Enum(prospectStatuses),
  ...answeredTexts,
  address: nullable(Address),
  billing_address: nullable(Address),
  shipping_address: nullable(Address),
  ...answeredEnd,
})

const filters = {
  ...sharedFilters,
  contact_id: Type.Optional(Id),
  is_organization: Type.Optional(Type.Boolean()),
  name: Type.Optional(Text),
}

const Change = Type.Object({
  ...writable,
  is_organization: Type.Optional(Type.Boolean()),
  contact_id: Type.Optional(nullable(Id)),
  parent_organization_id: Type.Optional(nullable(Id)),
  name: Type.Optional(Line),
  customer_status: Type.Optional(Type.Enum(customerStatuses)),
  prospect_status: Type.Optional(Type.Enum(prospectStatuses)),
  billing_address: Type.Optional(nullable(Address)),
  shipping_address: Type.Optional(nullable(Address)),
})

const shared = { tag: 'Contacts', resource: 'contact' } as const
const answer = item(Contact, 'contact')

export const listContacts = {
  ...shared,
  id: 'listContacts',
  method: 'GET',
  path: '/v2/contacts',
  summary: 'List contacts',
  description: 'Every user reads all contacts of the account.',
  scopes: ['read'],
  query: Type.Object({
    ...pagesOrWalk(),
    sort_by: sortBy(contactSorts, 'last_name'),
    ...walk,
    ids: Type.Optional(Ids),
    ...externalIdFilters,
    ...filters,
    ...timeRanges,
    include,
  }),
  answer: collection(answer),
} as const satisfies Operation

export const exportContacts = {
  ...exportOperation,
  id: 'exportContacts',
  path: '/v2/contacts/export',
  tag: 'Contacts',
  summary: 'Export contacts to a file',
  query: Type.Object({
    ...exportQuery(contactExportColumns),
    ids: Type.Optional(Ids),
    ...externalIdFilters,
    ...filters,
  }),
} as const satisfies Operation

export const getContact = {
  ...shared,
  ...recordOperation.get,
  id: 'getContact',
  path: '/v2/contacts/:id',
  summary: 'One contact',
  answer,
} as const satisfies Operation

export const createContact = {
  ...shared,
  ...recordOperation.create,
  id: 'createContact',
  path: '/v2/contacts',
  summary: 'Create a contact',
  description:
    'A person needs `last_name`; an organization needs `is_organization` and `name`. `owner_id` ' +
    'defaults to the token’s user. Accepts `Idempotency-Key`.',
  body: Change,
  answer,
} as const satisfies Operation

export const upsertContact = {
  ...shared,
  id: 'upsertContact',
  method: 'POST',
  path: '/v2/contacts/upsert',
  summary: 'Update the one contact that matches the filters, or create one',
  description: 'Needs at least one filter. If several contacts match, none is changed.',
  scopes: ['write'],
  query: Type.Object({ ...filters, include }),
  body: Change,
  answer,
} as const satisfies Operation

export const updateContact = {
  ...shared,
  ...recordOperation.update,
  id: 'updateContact',
  path: '/v2/contacts/:id',
  summary: 'Change a contact',
  description:
    'Changes only what is given; `tags` and `sites` are replaced, and `is_organization` cannot ' +
    'change. For the owner, the users above them, and admins.',
  body: Change,
  answer,
} as const satisfies Operation

export const deleteContact = {
  ...recordOperation.delete,
  id: 'deleteContact',
  path: '/v2/contacts/:id',
  tag: 'Contacts',
  summary: 'Delete a contact; visits to it stay',
} as const satisfies Operation

export type Contact = Type.Static<typeof Contact>
export type ContactQuery = Type.Static<typeof listContacts.query>
export type ContactExportQuery = Type.Static<typeof exportContacts.query>
export type ContactChange = Type.Static<typeof Change>
export type ContactItem = Type.Static<typeof answer>
export type ContactCollection = Type.Static<typeof listContacts.answer>
