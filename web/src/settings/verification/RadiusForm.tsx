import type { Settings } from '@doorstep/contract/settings'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { radiusPreviewQuery } from '../../api/verification-previews.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { KeptBox } from '../privacy/KeptBox.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { Examples } from './Examples.tsx'
import { RadiusEffect } from './RadiusEffect.tsx'
import { RadiusField } from './RadiusField.tsx'
import { RadiusSaveBar } from './RadiusSaveBar.tsx'
import { RadiusSlider } from './RadiusSlider.tsx'
import { isChanged, transitionOf } from './transitions.ts'
import { useRadius } from './use-radius.ts'

interface RadiusFormProps {
  readonly settings: Settings
}

const { verification } = texts

/** Chooses a radius while it shows what that would have changed. Nothing changes until it is saved. */
export function RadiusForm({ settings }: RadiusFormProps) {
  const radius = useRadius(settings)
  const { presentM, radiusM, typed, given } = radius
  const [chosen, setChosen] = useState<string>()
  const { data: preview, error, refetch } = useQuery(radiusPreviewQuery(radius.settledM))
  const changed = preview?.visits.filter(isChanged) ?? []
  const examples = changed.filter((visit) => !chosen || transitionOf(visit) === chosen)
  return (
    <SettingsPage
      section="verification"
      about={verification.about}
      foot={typed.trim() === String(presentM) ? undefined : <RadiusSaveBar radius={radius} />}
    >
      <div className="verification">
        <SettingsBox className="radius-box">
          <div className="head">
            <div>
              <h2>{verification.title}</h2>
              <p className="muted">{verification.help}</p>
            </div>
            <RadiusField value={typed} isWrong={given === undefined} onText={radius.type} />
          </div>
          <RadiusSlider radiusM={radiusM} presentM={presentM} onRadius={radius.choose} />
          {!preview && !error && <Skeleton rows={5} hasDisc={false} />}
          {!preview && error && (
            <Failed
              title={verification.previewFailed}
              error={error}
              onRetry={() => void refetch()}
            />
          )}
          {preview && (
            <RadiusEffect
              preview={preview}
              presentM={presentM}
              radiusM={radiusM}
              chosen={chosen}
              onChoose={setChosen}
            />
          )}
        </SettingsBox>
        <div className="beside">
          <Examples visits={examples} />
          <SettingsBox title={verification.own} isPadded className="quiet-head">
            <p className="muted">{verification.ownHelp}</p>
          </SettingsBox>
          <KeptBox days={settings.days_kept} />
        </div>
      </div>
    </SettingsPage>
  )
}
