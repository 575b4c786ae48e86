import { repLocationDaysMax } from '@doorstep/contract/limits'
import type { Settings } from '@doorstep/contract/settings'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'

import { problemOf } from '../../api/problem.ts'
import { visitTotalQuery } from '../../api/visits.ts'
import { Segmented } from '../../parts/Segmented.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { offerUndo, say } from '../../parts/toasts.ts'
import { startOf, today } from '../../texts/days.ts'
import { count } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { Fixed } from '../Fixed.tsx'
import { SaveBar } from '../SaveBar.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { useSaveSettings } from '../use-save-settings.ts'
import { ShortenQuestion } from './ShortenQuestion.tsx'

interface DaysFormProps {
  readonly settings: Settings
  readonly children: ReactNode
}

const { privacy, saving } = texts
const usual = [30, 60, 90, 365]

/** Days that were typed; undefined: they are none, or out of bounds. */
function daysOf(typed: string): number | undefined {
  const days = Number(typed)
  return /^\d+$/.test(typed.trim()) && days >= 1 && days <= repLocationDaysMax ? days : undefined
}

/** Visits whose exact places would go at once. */
function useGoing(present: number, days: number | undefined): number | undefined {
  const isShorter = days !== undefined && days < present
  const { data, isPlaceholderData } = useQuery({
    ...visitTotalQuery({
      visited_at: {
        gte: startOf(today(), -present).toISOString(),
        lt: startOf(today(), -(days ?? present)).toISOString(),
      },
    }),
    enabled: isShorter,
  })
  return isShorter && !isPlaceholderData ? data : undefined
}

/** How many days exact places are kept. Shorter cannot be undone, so it asks. */
export function DaysForm({ settings, children }: DaysFormProps) {
  const present = settings.days_kept
  const isFixed = settings.fixed.includes('days_kept')
  const [typed, setTyped] = useState(String(present))
  const [isAsking, setIsAsking] = useState(false)
  const save = useSaveSettings()
  const days = daysOf(typed)
  const going = useGoing(present, days)

  const put = (to: number, before: number, onDone: () => void) =>
    save.mutate(
      { days_kept: to },
      {
        onSuccess: () => {
          // What was typed meanwhile stays.
          setTyped((now) => (now.trim() === String(before) ? String(to) : now))
          onDone()
        },
      },
    )
  const lengthen = (to: number) =>
    put(to, present, () => offerUndo(privacy.saved(to), () => put(present, to, () => undefined)))
  const shorten = (to: number) =>
    put(to, present, () => {
      setIsAsking(false)
      say(privacy.saved(to))
    })
  const foot =
    typed.trim() === String(present) ? undefined : (
      <SaveBar
        change={days === undefined ? privacy.wrong : privacy.change(present, days)}
        help={days === undefined ? '' : days < present ? privacy.shorter(going) : privacy.longer}
        problem={save.error ? problemOf(save.error, saving.failed) : undefined}
        isSaving={save.isPending}
        canSave={days !== undefined}
        onDiscard={() => setTyped(String(present))}
        onSave={() => {
          if (days === undefined) return
          if (days < present) setIsAsking(true)
          else lengthen(days)
        }}
      />
    )
  return (
    <SettingsPage section="privacy" about={privacy.about} foot={foot}>
      <div className="settings-narrow privacy">
        <SettingsBox
          title={privacy.kept}
          isPadded
          className="quiet-head"
          aside={isFixed && <Fixed variable="REP_LOCATION_DAYS" />}
        >
          <p className="muted">{privacy.keptHelp}</p>
          {isFixed ? (
            <p className="fixed-value">
              <b className="num">{privacy.days(present)}</b>
            </p>
          ) : (
            <div className="days">
              <Segmented
                name={privacy.kept}
                value={String(days ?? '')}
                onValue={setTyped}
                choices={usual.map((each) => ({
                  value: String(each),
                  name: privacy.choice(each),
                }))}
              />
              <TextField
                className="days-field num"
                label={privacy.other}
                inputMode="numeric"
                autoComplete="off"
                value={typed}
                onText={setTyped}
                problem={days === undefined ? privacy.bounds(count(repLocationDaysMax)) : undefined}
                end={<span className="faint">{privacy.daysUnit}</span>}
              />
            </div>
          )}
        </SettingsBox>
        {children}
      </div>
      {days !== undefined && (
        <ShortenQuestion
          isOpen={isAsking}
          days={days}
          going={going}
          isSaving={save.isPending}
          problem={save.error ? problemOf(save.error, saving.failed) : undefined}
          onClose={() => setIsAsking(false)}
          onSure={() => shorten(days)}
        />
      )}
    </SettingsPage>
  )
}
