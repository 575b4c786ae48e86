import { retentionHoursMax, visitEveryDaysMax } from '@doorstep/contract/limits'
import type { Settings } from '@doorstep/contract/settings'
import { useState } from 'react'

import { problemOf } from '../../api/problem.ts'
import { TextField } from '../../parts/TextField.tsx'
import { offerUndo } from '../../parts/toasts.ts'
import { count } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { Fixed } from '../Fixed.tsx'
import { SaveBar } from '../SaveBar.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { useSaveSettings } from '../use-save-settings.ts'
import { DemoBox } from './DemoBox.tsx'
import { changedIn, changeOf, type Draft, draftOf, type Field, isWrong } from './draft.ts'

interface GeneralFormProps {
  readonly settings: Settings
}

const { general, saving } = texts
const zones = Intl.supportedValuesOf('timeZone')

export function GeneralForm({ settings }: GeneralFormProps) {
  const present = draftOf(settings)
  const [draft, setDraft] = useState(present)
  const save = useSaveSettings()
  const changed = changedIn(draft, present)
  const canSave = changed.every((field) => !isWrong(draft, field))
  const isFixed = settings.fixed.includes('retention_hours')

  const put = (to: Draft, fields: readonly Field[], onDone: () => void) =>
    save.mutate(changeOf(to, fields), {
      onSuccess: ({ data }) => {
        setDraft(draftOf(data))
        onDone()
      },
    })
  const field = (name: Field, problem: string) => ({
    label: general[name],
    autoComplete: 'off',
    value: draft[name],
    onText: (value: string) => setDraft({ ...draft, [name]: value }),
    problem: isWrong(draft, name) ? problem : undefined,
  })
  const foot =
    changed.length === 0 ? undefined : (
      <SaveBar
        change={canSave ? general.changed(changed.map((name) => general[name])) : general.wrong}
        help={canSave ? general.changedHelp : ''}
        problem={save.error ? problemOf(save.error, saving.failed) : undefined}
        isSaving={save.isPending}
        canSave={canSave}
        onDiscard={() => setDraft(present)}
        onSave={() =>
          put(draft, changed, () =>
            offerUndo(general.saved, () => put(present, changed, () => undefined)),
          )
        }
      />
    )
  return (
    <SettingsPage section="general" about={general.about} foot={foot}>
      <div className="settings-narrow general">
        <SettingsBox title={general.account} isPadded>
          <div className="form">
            <TextField {...field('name', general.empty)} hint={general.nameHint} />
            <TextField
              {...field('timezone', general.empty)}
              hint={general.timezoneHint}
              list="time-zones"
              spellCheck={false}
            />
            <datalist id="time-zones">
              {zones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </datalist>
          </div>
        </SettingsBox>
        <SettingsBox title={general.rhythm} isPadded>
          <TextField
            {...field('visitEvery', general.whole(count(visitEveryDaysMax)))}
            className="num"
            inputMode="numeric"
            hint={general.visitEveryHint}
            end={<span className="faint">{general.days}</span>}
          />
        </SettingsBox>
        <SettingsBox
          title={general.programs}
          isPadded
          aside={isFixed && <Fixed variable="RETENTION_HOURS" />}
        >
          {isFixed ? (
            <p>{`${general.retention}: ${general.hoursKept(settings.retention_hours)}`}</p>
          ) : (
            <TextField
              {...field('retention', general.whole(count(retentionHoursMax)))}
              className="num"
              inputMode="numeric"
              hint={general.retentionHint}
              end={<span className="faint">{general.hours}</span>}
            />
          )}
        </SettingsBox>
        {settings.has_demo && <DemoBox />}
      </div>
    </SettingsPage>
  )
}
