import { useQuery } from '@tanstack/react-query'

import { usersQuery } from '../api/users.ts'
import { Select } from '../parts/Select.tsx'
import { TextField } from '../parts/TextField.tsx'
import { texts } from '../texts/texts.ts'
import {
  addressFields,
  type Field,
  type FormKind,
  moreFields,
  nameFields,
  otherFields,
  type Values,
} from './record-values.ts'

const { form, record } = texts.customer

interface RecordFieldsProps {
  readonly kind: FormKind
  readonly values: Values
  readonly onField: (field: Field, text: string) => void
  /** Whether it has all that a record has, and not only what a new one needs. */
  readonly isWhole: boolean
  /** What is wrong with the names. */
  readonly problem: string | undefined
}

const shownNames: Readonly<Record<FormKind, readonly (typeof nameFields)[number][]>> = {
  lead: nameFields,
  person: ['firstName', 'lastName'],
  organization: ['company'],
}

const types = { phone: 'tel', email: 'email' } as const
/** NOTE: a website is no `type="url"`, which takes none without its protocol. */
const keyboards = {
  title: {},
  mobile: { type: 'tel' },
  website: { inputMode: 'url' },
  tags: {},
} as const

function Owner({
  value,
  onValue,
}: {
  readonly value: string
  readonly onValue: (value: string) => void
}) {
  const { data: users = [] } = useQuery(usersQuery)
  const choices = users
    .filter(({ id, status }) => status === 'active' || String(id) === value)
    .map(({ id, name }) => ({ value: String(id), name }))
  return (
    <div className="text-field">
      <div className="label">
        <span aria-hidden="true">{form.owner}</span>
      </div>
      <Select
        name={form.owner}
        value={value}
        onValue={onValue}
        choices={value === '' ? [{ value: '', name: record.noOwner }, ...choices] : choices}
      />
    </div>
  )
}

/** Name, address and how to reach a lead or contact. */
export function RecordFields(props: RecordFieldsProps) {
  const { kind, values, onField, isWhole, problem } = props
  const [first] = shownNames[kind]
  // An organization has no position in one.
  const more = isWhole
    ? moreFields.filter((field) => field !== 'title' || kind !== 'organization')
    : []
  return (
    <div className="record-fields">
      {shownNames[kind].map((field) => (
        <TextField
          key={field}
          className={`field-${field}`}
          label={form[field]}
          value={values[field]}
          onText={(text) => onField(field, text)}
          problem={field === first ? problem : undefined}
          autoFocus={field === first}
          autoComplete="off"
          maxLength={1_000}
        />
      ))}
      {addressFields.map((field) => (
        <TextField
          key={field}
          className={`field-${field}`}
          label={form[field]}
          value={values[field]}
          onText={(text) => onField(field, text)}
          autoComplete="off"
          maxLength={1_000}
        />
      ))}
      {otherFields.map((field) => (
        <TextField
          key={field}
          className={`field-${field}`}
          label={form[field]}
          type={types[field]}
          value={values[field]}
          onText={(text) => onField(field, text)}
          autoComplete="off"
          maxLength={1_000}
        />
      ))}
      {more.map((field) => (
        <TextField
          key={field}
          className={`field-${field}`}
          label={form[field]}
          aside={field === 'tags' ? form.tagsHint : undefined}
          {...keyboards[field]}
          value={values[field]}
          onText={(text) => onField(field, text)}
          autoComplete="off"
          maxLength={field === 'tags' ? undefined : 1_000}
        />
      ))}
      <Owner value={values.owner} onValue={(owner) => onField('owner', owner)} />
    </div>
  )
}
