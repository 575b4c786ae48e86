import type { Settings } from '@doorstep/contract/settings'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { problemOf } from '../../api/problem.ts'
import { radiusPreviewQuery } from '../../api/settings.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { offerUndo } from '../../parts/toasts.ts'
import { metres } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { KeptBox } from '../privacy/KeptBox.tsx'
import { SaveBar } from '../SaveBar.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { useSaveSettings } from '../use-save-settings.ts'
import { Changes } from './Changes.tsx'
import { Examples } from './Examples.tsx'
import { FindingsOverPin } from './FindingsOverPin.tsx'
import { radiusOf } from './radii.ts'
import { RadiusField } from './RadiusField.tsx'
import { RadiusSlider } from './RadiusSlider.tsx'
import { isChanged, transitionOf, transitionsOf } from './transitions.ts'
import { useSettled } from './use-settled.ts'

interface RadiusFormProps {
  readonly settings: Settings
}

const { verification, saving } = texts

/** Chooses a radius while it shows what that would have changed. Nothing changes until it is saved. */
export function RadiusForm({ settings }: RadiusFormProps) {
  const presentM = settings.radius_m
  const [typed, setTyped] = useState(String(presentM))
  const [chosen, setChosen] = useState<string>()
  const save = useSaveSettings()
  const given = radiusOf(typed)
  const [lastM, setLastM] = useState(presentM)
  if (given !== undefined && given !== lastM) setLastM(given)
  const radiusM = given ?? lastM
  const { data: preview, error, refetch } = useQuery(radiusPreviewQuery(useSettled(radiusM)))

  const choose = (m: number) => setTyped(String(m))
  const put = (m: number, before: number) =>
    save.mutate(
      { radius_m: m },
      {
        onSuccess: () => {
          // What was typed meanwhile stays.
          setTyped((now) => (now.trim() === String(before) ? String(m) : now))
          offerUndo(verification.saved(metres(m)), () => put(before, m))
        },
      },
    )
  const foot =
    typed.trim() === String(presentM) ? undefined : (
      <SaveBar
        change={
          given === undefined
            ? verification.wrong
            : verification.change(metres(presentM), metres(given))
        }
        help={given === undefined ? '' : verification.changeHelp}
        problem={save.error ? problemOf(save.error, saving.failed) : undefined}
        isSaving={save.isPending}
        canSave={given !== undefined}
        onDiscard={() => choose(presentM)}
        onSave={() => given !== undefined && put(given, presentM)}
      />
    )
  const changed = preview?.visits.filter(isChanged) ?? []
  const examples = changed.filter((visit) => !chosen || transitionOf(visit) === chosen)
  return (
    <SettingsPage section="verification" about={verification.about} foot={foot}>
      <div className="verification">
        <SettingsBox className="radius-box">
          <div className="head">
            <div>
              <h2>{verification.title}</h2>
              <p className="muted">{verification.help}</p>
            </div>
            <RadiusField value={typed} isWrong={given === undefined} onText={setTyped} />
          </div>
          <RadiusSlider radiusM={radiusM} presentM={presentM} onRadius={choose} />
          {!preview && !error && <Skeleton rows={5} hasDisc={false} />}
          {!preview && error && (
            <Failed
              title={verification.previewFailed}
              error={error}
              onRetry={() => void refetch()}
            />
          )}
          {preview && preview.judged === 0 && (
            <p className="muted nothing">{verification.nothingJudged}</p>
          )}
          {preview && preview.judged > 0 && (
            <>
              <Changes
                judged={preview.judged}
                changed={preview.would_change}
                transitions={transitionsOf(preview.visits)}
                chosen={chosen}
                onChoose={setChosen}
              />
              <FindingsOverPin visits={preview.visits} presentM={presentM} radiusM={radiusM} />
              <p className="faint small">
                {verification.caption(
                  preview.judged,
                  preview.visits.filter(({ bearing }) => bearing === null).length,
                )}
              </p>
            </>
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
