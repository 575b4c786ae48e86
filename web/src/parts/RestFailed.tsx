import './rest-failed.css'
import type { CSSProperties } from 'react'

import { texts } from '../texts/texts.ts'

interface RestFailedProps {
  readonly onRetry: () => void
  readonly style?: CSSProperties | undefined
}

/** After the rows that were read, where the next ones could not be: nothing asks again by itself. */
export const RestFailed = ({ onRetry, style }: RestFailedProps) => (
  <div className="rest-failed" style={style} role="alert">
    <span>{texts.parts.restFailed}</span>
    <button type="button" className="link" onClick={onRetry}>
      {texts.parts.again}
    </button>
  </div>
)
