import './text-field.css'
import { Field } from '@base-ui/react/field'
import type { InputHTMLAttributes, ReactNode, Ref } from 'react'

import { classes } from './classes.ts'

export interface TextFieldProps extends Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'defaultValue' | 'size' | 'value'
> {
  readonly label: string
  readonly value: string
  readonly onText: (value: string) => void
  /** Beside the label. */
  readonly aside?: string | undefined
  readonly hint?: ReactNode
  /** What is wrong and what to do; keeps what was typed. */
  readonly problem?: string | undefined
  readonly size?: 'medium' | 'large' | undefined
  readonly start?: ReactNode
  readonly end?: ReactNode
  readonly ref?: Ref<HTMLInputElement> | undefined
}

export function TextField(props: TextFieldProps) {
  const { label, value, onText, aside, hint, problem, size = 'medium', start, end, ...rest } = props
  const { className, ref, ...input } = rest
  return (
    <Field.Root className={classes('text-field', size, className)} invalid={problem !== undefined}>
      <div className="label">
        <Field.Label>{label}</Field.Label>
        {aside !== undefined && <small>{aside}</small>}
      </div>
      <div className="box">
        {start}
        <Field.Control ref={ref} value={value} onValueChange={onText} {...input} />
        {end}
      </div>
      {problem !== undefined && (
        <Field.Error match className="problem">
          {problem}
        </Field.Error>
      )}
      {hint !== undefined && problem === undefined && (
        <Field.Description className="hint">{hint}</Field.Description>
      )}
    </Field.Root>
  )
}
