import { KeyRound } from 'lucide-react'

import { TextField } from '../parts/TextField.tsx'
import { imports } from '../texts/en/imports.ts'

const { token } = imports

interface TokenFieldProps {
  readonly value: string
  readonly onText: (value: string) => void
  readonly size?: 'medium' | 'large' | undefined
  readonly problem?: string | undefined
  readonly isFirst?: boolean | undefined
}

/** Sell's token: it is held by the form alone, and no browser is asked to remember it. */
export const TokenField = ({ value, onText, size, problem, isFirst }: TokenFieldProps) => (
  <TextField
    label={token.label}
    type="password"
    size={size}
    autoComplete="off"
    autoFocus={isFirst}
    spellCheck={false}
    required
    hint={token.hint}
    problem={problem}
    start={<KeyRound aria-hidden="true" />}
    value={value}
    onText={onText}
  />
)
