import { ArrowRight } from 'lucide-react'

import { Finding } from '../../parts/Finding.tsx'
import { count, percent } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import type { Transition } from './transitions.ts'

interface ChangesProps {
  readonly judged: number
  readonly changed: number
  readonly transitions: readonly Transition[]
  /** The transition whose examples are shown; undefined: all. */
  readonly chosen: string | undefined
  readonly onChoose: (key: string | undefined) => void
}

const { verification, findingNames } = texts

/** How many findings would be others, and which. */
export const Changes = ({ judged, changed, transitions, chosen, onChoose }: ChangesProps) => (
  <div className="changes">
    <p>
      <span className="figure">{count(changed)}</span>
      <span className="of">{verification.wouldChange(count(judged))}</span>
    </p>
    <p className="muted num">
      {changed === 0
        ? verification.allStay
        : verification.stay(percent(changed / judged), count(judged - changed))}
    </p>
    <ul>
      {transitions.map(({ key, now, next, count: visits }) => (
        <li key={key}>
          <button
            type="button"
            aria-pressed={chosen === key}
            onClick={() => onChoose(chosen === key ? undefined : key)}
          >
            <Finding kind={now}>{findingNames[now]}</Finding>
            <ArrowRight className="faint" aria-hidden="true" />
            <Finding kind={next}>{findingNames[next]}</Finding>
            <span className="share" aria-hidden="true">
              <i style={{ width: `${(visits / changed) * 100}%` }} />
            </span>
            <span className="link num">{count(visits)}</span>
          </button>
        </li>
      ))}
    </ul>
  </div>
)
