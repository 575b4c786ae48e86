import {
  type CustomField,
  type FieldType,
  fieldTypes,
  hasChoices,
} from '../domain/custom-fields.ts'
import type { SentLabel } from '../rules/imports/labels.ts'
import type { AttributeReader } from './attributes.ts'

const timesOf = (data: AttributeReader): { createdAt: number; updatedAt: number } => {
  const createdAt = data.optionalTime('created_at') ?? 0
  return { createdAt, updatedAt: data.optionalTime('updated_at') ?? createdAt }
}

export const readTag = (data: AttributeReader): SentLabel => ({
  ...readLeadLabel(data, 'tags'),
  resourceKind:
    data.word('resource_type', ['lead', 'contact', 'prospect_and_customer']) === 'lead'
      ? 'lead'
      : 'contact',
})

export const readLeadLabel = (data: AttributeReader, list: SentLabel['list']): SentLabel => ({
  list,
  id: data.id('id'),
  resourceKind: 'lead',
  name: data.text('name'),
  creatorId: data.optionalId('creator_id'),
  isDefault: false,
  ...timesOf(data),
})

/** Sell does not name the kind of record in the item: whoever requests the list adds it. */
export function readCustomField(data: AttributeReader): CustomField {
  const type = typeIn(data.optionalText('type'))
  const choices = data.objects('choices').map((choice, at) => ({
    id: choice.optionalId('id') ?? at + 1,
    name: choice.text('name'),
  }))
  return {
    id: data.id('id'),
    resourceKind: data.word('resource_type', ['lead', 'contact']),
    name: data.text('name'),
    type,
    choices: hasChoices(type) ? choices : null,
    forCompany: data.flag('for_company', data.flag('for_organisation', true)),
    forContact: data.flag('for_contact', true),
    isDerived: false,
    ...timesOf(data),
  }
}

const typeIn = (given: string | null): FieldType =>
  given === 'boolean' ? 'bool' : (fieldTypes.find((type) => type === given) ?? 'string')
