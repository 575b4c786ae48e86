import type { Settings } from '@doorstep/contract/settings'
import { type ReactNode, useState } from 'react'

import { offerUndo, say } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SaveBar } from '../SaveBar.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { DaysBox } from './DaysBox.tsx'
import { ShortenQuestion } from './ShortenQuestion.tsx'
import { type Days, useDays } from './use-days.ts'

interface DaysFormProps {
  readonly settings: Settings
  readonly children: ReactNode
}

const { privacy, saving } = texts

const problemWith = ({ save }: Days): string | undefined =>
  save.error ? problemOf(save.error, saving.failed) : undefined

/** How many days exact places are kept. Fewer cannot be undone, so they ask. */
export function DaysForm({ settings, children }: DaysFormProps) {
  const kept = useDays(settings)
  const { present, typed, days, going, save, put } = kept
  const [isAsking, setIsAsking] = useState(false)

  const lengthen = (to: number) =>
    put(to, present, () => offerUndo(privacy.saved(to), () => put(present, to, () => undefined)))
  const shorten = (to: number) =>
    put(to, present, () => {
      setIsAsking(false)
      say(privacy.saved(to))
    })
  const saveDays = () => {
    if (days === undefined) return
    if (days < present) setIsAsking(true)
    else lengthen(days)
  }
  const foot =
    typed.trim() === String(present) ? undefined : (
      <SaveBar
        change={days === undefined ? privacy.wrong : privacy.change(present, days)}
        help={days === undefined ? '' : days < present ? privacy.shorter(going) : privacy.longer}
        problem={problemWith(kept)}
        isSaving={save.isPending}
        canSave={days !== undefined}
        onDiscard={() => kept.type(String(present))}
        onSave={saveDays}
      />
    )
  return (
    <SettingsPage section="privacy" about={privacy.about} foot={foot}>
      <div className="settings-narrow privacy">
        <DaysBox days={kept} isFixed={settings.fixed.includes('days_kept')} />
        {children}
      </div>
      {days !== undefined && (
        <ShortenQuestion
          isOpen={isAsking}
          days={days}
          going={going}
          isSaving={save.isPending}
          problem={problemWith(kept)}
          onClose={() => setIsAsking(false)}
          onSure={() => shorten(days)}
        />
      )}
    </SettingsPage>
  )
}
