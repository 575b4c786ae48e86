import type { VerificationPreview } from '@doorstep/contract/verification-previews'

import { texts } from '../../texts/texts.ts'
import { Changes } from './Changes.tsx'
import { FindingsOverPin } from './FindingsOverPin.tsx'
import { transitionsOf } from './transitions.ts'

interface RadiusEffectProps {
  readonly preview: VerificationPreview
  readonly presentM: number
  readonly radiusM: number
  /** The transition whose examples are shown; undefined: all. */
  readonly chosen: string | undefined
  readonly onChoose: (key: string | undefined) => void
}

const { verification } = texts

/** What a radius would have changed: in numbers, and drawn. */
export function RadiusEffect(props: RadiusEffectProps) {
  const { preview, presentM, radiusM, chosen, onChoose } = props
  const { judged, visits } = preview
  if (judged === 0) return <p className="muted nothing">{verification.nothingJudged}</p>
  return (
    <>
      <Changes
        judged={judged}
        changed={preview.would_change}
        transitions={transitionsOf(visits)}
        chosen={chosen}
        onChoose={onChoose}
      />
      <FindingsOverPin visits={visits} presentM={presentM} radiusM={radiusM} />
      <p className="faint small">
        {verification.caption(judged, visits.filter(({ bearing }) => bearing === null).length)}
      </p>
    </>
  )
}
