import { address, fields, id, isBlank, profile, tags, text, textOr } from './record-attributes.ts'
import type { RecordKind } from './record-kinds.ts'

/** A lead needs a last name or an organization's name. */
export const leadKind: RecordKind = {
  name: 'lead',
  readers: {
    first_name: text,
    last_name: text,
    organization_name: text,
    status: textOr('New'),
    source_id: id,
    ...profile,
    address,
    unqualified_reason_id: id,
    tags,
    custom_fields: fields,
  },
  contactReferences: [],
  findProblems({ before, given, after }) {
    const names = ['last_name', 'organization_name']
    const touched = names.find((name) => name in given)
    if (before && touched === undefined) return []
    if (names.some((name) => !isBlank(after[name]))) return []
    const why = 'must be given, unless organization_name is'
    return touched === undefined
      ? [{ field: '/last_name', code: 'missing', why }]
      : [{ field: `/${touched}`, code: 'blank', why: 'must not be empty: a lead needs a name' }]
  },
}
