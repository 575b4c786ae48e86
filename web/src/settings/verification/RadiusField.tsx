import { verificationRadiusMaxM, verificationRadiusMinM } from '@doorstep/contract/limits'

import { TextField } from '../../parts/TextField.tsx'
import { count } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'

interface RadiusFieldProps {
  readonly value: string
  readonly isWrong: boolean
  readonly onText: (value: string) => void
}

const { verification } = texts

/** The same radius as the slider's, to the metre. */
export const RadiusField = ({ value, isWrong, onText }: RadiusFieldProps) => (
  <TextField
    className="radius-field num"
    label={verification.inMetres}
    inputMode="numeric"
    autoComplete="off"
    value={value}
    onText={onText}
    problem={
      isWrong
        ? verification.bounds(count(verificationRadiusMinM), count(verificationRadiusMaxM))
        : undefined
    }
    end={<span className="faint">{verification.m}</span>}
  />
)
