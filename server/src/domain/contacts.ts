import {
  address,
  fields,
  flag,
  id,
  isBlank,
  profile,
  tags,
  text,
  wordOr,
} from './record-attributes.ts'
import type { AttributeProblem, RecordKind } from './record-kinds.ts'

/** A person or an organization; a contact cannot change from one into the other. */
export const contactKind: RecordKind = {
  name: 'contact',
  readers: {
    is_organization: flag,
    contact_id: id,
    parent_organization_id: id,
    name: text,
    first_name: text,
    last_name: text,
    customer_status: wordOr(['none', 'current', 'past'], 'none'),
    prospect_status: wordOr(['none', 'current', 'lost'], 'none'),
    ...profile,
    address,
    billing_address: address,
    shipping_address: address,
    tags,
    custom_fields: fields,
  },
  contactReferences: ['contact_id', 'parent_organization_id'],
  complete: (attributes) => ({ ...attributes, name: nameOf(attributes) }),
  findProblems({ before, given, after }) {
    const problems: AttributeProblem[] = []
    const isOrganization = after['is_organization'] === true
    if (before && before['is_organization'] !== isOrganization) {
      const why = 'cannot be changed: create another contact instead'
      problems.push({ field: '/is_organization', code: 'incorrect_value', why })
      return problems
    }
    const required = isOrganization ? 'name' : 'last_name'
    const isGiven = required in given
    if ((!before || isGiven) && isBlank(after[required])) {
      const why = isOrganization
        ? 'must not be empty for an organization'
        : 'must not be empty for a person; for an organization, send "is_organization": true'
      problems.push({ field: `/${required}`, code: isGiven ? 'blank' : 'missing', why })
    }
    return problems
  },
}

/** The name of a person is built from its parts, even if the client sends a name. */
function nameOf({ is_organization, name, first_name, last_name }: Record<string, unknown>) {
  if (is_organization === true) return name
  const parts = [first_name, last_name].filter((part) => !isBlank(part))
  return parts.length > 0 ? parts.join(' ') : name
}
