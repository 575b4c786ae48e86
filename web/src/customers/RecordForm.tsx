import './record-form.css'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { texts } from '../texts/texts.ts'
import { whyNot } from './change-customer.ts'
import { type Field, type FormKind, hasName, type Values } from './record-values.ts'
import { RecordFields } from './RecordFields.tsx'

const { form } = texts.customer

interface RecordFormProps {
  readonly kind: FormKind
  /** Whether it has all that a record has. */
  readonly isWhole?: boolean | undefined
  readonly start: Values
  readonly action: string
  readonly hint?: string | undefined
  /** Throws what the form then says; what was typed stays. */
  readonly onSave: (values: Values) => Promise<void>
  readonly onClose: () => void
}

const nameProblems: Readonly<Record<FormKind, string>> = {
  lead: form.person,
  person: form.needsLastName,
  organization: form.needsName,
}

export function RecordForm(props: RecordFormProps) {
  const { kind, isWhole = false, start, action, hint, onSave, onClose } = props
  // What was not typed is what the record says, even if that changes.
  const [typed, setTyped] = useState<Partial<Values>>({})
  const values: Values = { ...start, ...typed }
  const [isNameMissing, setIsNameMissing] = useState(false)
  const save = useMutation({ mutationFn: onSave })
  const change = (field: Field, text: string) => {
    setTyped((before) => ({ ...before, [field]: text }))
    setIsNameMissing(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (save.isPending) return
    if (hasName(kind, values)) save.mutate(values)
    else setIsNameMissing(true)
  }
  return (
    <form className="record-form" onSubmit={submit} noValidate>
      <RecordFields
        kind={kind}
        isWhole={isWhole}
        values={values}
        onField={change}
        problem={isNameMissing ? nameProblems[kind] : undefined}
      />
      {hint !== undefined && <p className="faint small">{hint}</p>}
      {save.error && <Message kind="trouble">{whyNot(save.error, form.failed)}</Message>}
      <div className="actions">
        <Button onClick={onClose}>{form.cancel}</Button>
        <Button kind="primary" type="submit" disabled={save.isPending}>
          {action}
        </Button>
      </div>
    </form>
  )
}
