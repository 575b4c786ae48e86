import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { fieldChoiceIdMax, fieldChoicesMax, tagLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, Ids, nullable, pages, sortBy } from './parameters.ts'

export const fieldTypes = [
  'address',
  'bool',
  'date',
  'datetime',
  'email',
  'list',
  'multi_select_list',
  'number',
  'phone',
  'string',
  'text',
  'url',
] as const

const Time = Type.String({ format: 'date-time' })
const ChoiceId = Type.Integer({ minimum: 1, maximum: fieldChoiceIdMax })
const Name = Type.String({ minLength: 1, maxLength: tagLengthMax })
const FieldType = Type.Enum(fieldTypes)

const attributes = {
  id: Id,
  name: Type.String(),
  type: FieldType,
  choices: nullable(Type.Array(Type.Object({ id: Id, name: Type.String() }))),
}
const times = { created_at: Time, updated_at: Time }

/** An attribute of the account's own. A name that only records have shown has the type of its values. */
export const LeadCustomField = Type.Object({ ...attributes, ...times })

export const ContactCustomField = Type.Object({
  ...attributes,
  for_company: Type.Boolean({ description: 'Organizations have it' }),
  for_contact: Type.Boolean({ description: 'People have it' }),
  for_organisation: Type.Boolean({ description: 'As `for_company`, by the name that clients use' }),
  ...times,
})

const Choices = Type.Optional(
  nullable(
    Type.Array(Type.Object({ id: Type.Optional(ChoiceId), name: Name }), {
      maxItems: fieldChoicesMax,
      description: 'For lists only. Replaces all; one without an id keeps that of its name',
    }),
  ),
)
const ofLead = { choices: Choices }
const ofContact = {
  choices: Choices,
  for_company: Type.Optional(Type.Boolean()),
  for_contact: Type.Optional(Type.Boolean()),
}

const tag = 'Leads and contacts'
const resource = 'custom_field'
const params = Type.Object({ id: Id })
const query = Type.Object({})
const listQuery = Type.Object({
  ...pages(),
  sort_by: sortBy(['id'], 'id'),
  ids: Type.Optional(Ids),
})

const read = { method: 'GET', tag, resource, scopes: ['read'] } as const
const written = { tag, resource, scopes: ['write'], isForAdmins: true, query } as const
const added = { ...written, method: 'POST', description: 'For admins.' } as const
const changed = {
  ...written,
  method: 'PUT',
  params,
  description: 'For admins. The name stays: records store their values under it.',
} as const

const leadAnswer = item(LeadCustomField, 'custom_field')
const contactAnswer = item(ContactCustomField, 'custom_field')

export const listLeadCustomFields = {
  ...read,
  id: 'listLeadCustomFields',
  path: '/v2/lead/custom_fields',
  summary: 'List the custom fields of leads',
  query: listQuery,
  answer: collection(leadAnswer),
} as const satisfies Operation

export const getLeadCustomField = {
  ...read,
  id: 'getLeadCustomField',
  path: '/v2/lead/custom_fields/:id',
  summary: 'One custom field of leads',
  params,
  query,
  answer: leadAnswer,
} as const satisfies Operation

export const createLeadCustomField = {
  ...added,
  id: 'createLeadCustomField',
  path: '/v2/lead/custom_fields',
  summary: 'Add a custom field of leads',
  body: Type.Object({ name: Name, type: FieldType, ...ofLead }),
  answer: leadAnswer,
} as const satisfies Operation

export const updateLeadCustomField = {
  ...changed,
  id: 'updateLeadCustomField',
  path: '/v2/lead/custom_fields/:id',
  summary: 'Change a custom field of leads',
  body: Type.Object({ type: Type.Optional(FieldType), ...ofLead }),
  answer: leadAnswer,
} as const satisfies Operation

export const listContactCustomFields = {
  ...read,
  id: 'listContactCustomFields',
  path: '/v2/contact/custom_fields',
  summary: 'List the custom fields of contacts',
  query: listQuery,
  answer: collection(contactAnswer),
} as const satisfies Operation

export const getContactCustomField = {
  ...read,
  id: 'getContactCustomField',
  path: '/v2/contact/custom_fields/:id',
  summary: 'One custom field of contacts',
  params,
  query,
  answer: contactAnswer,
} as const satisfies Operation

export const createContactCustomField = {
  ...added,
  id: 'createContactCustomField',
  path: '/v2/contact/custom_fields',
  summary: 'Add a custom field of contacts',
  body: Type.Object({ name: Name, type: FieldType, ...ofContact }),
  answer: contactAnswer,
} as const satisfies Operation

export const updateContactCustomField = {
  ...changed,
  id: 'updateContactCustomField',
  path: '/v2/contact/custom_fields/:id',
  summary: 'Change a custom field of contacts',
  body: Type.Object({ type: Type.Optional(FieldType), ...ofContact }),
  answer: contactAnswer,
} as const satisfies Operation

export type LeadCustomField = Type.Static<typeof LeadCustomField>
export type ContactCustomField = Type.Static<typeof ContactCustomField>
export type CustomFieldQuery = Type.Static<typeof listQuery>
export type ContactFieldChange = Type.Static<typeof updateContactCustomField.body>
