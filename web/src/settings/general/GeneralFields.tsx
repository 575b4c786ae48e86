import { retentionHoursMax, visitEveryDaysMax } from '@doorstep/contract/limits'
import type { Settings } from '@doorstep/contract/settings'

import { TextField } from '../../parts/TextField.tsx'
import { count } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { Fixed } from '../Fixed.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { type Draft, type Field, isWrong } from './draft.ts'

interface GeneralFieldsProps {
  readonly settings: Settings
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
}

const { general, saving } = texts
const zones = Intl.supportedValuesOf('timeZone')

export function GeneralFields({ settings, draft, onDraft }: GeneralFieldsProps) {
  const isFixed = settings.fixed.includes('retention_hours')
  const field = (name: Field, problem: string) => ({
    label: general[name],
    autoComplete: 'off',
    value: draft[name],
    onText: (value: string) => onDraft({ ...draft, [name]: value }),
    problem: isWrong(draft, name) ? problem : undefined,
  })
  return (
    <>
      <SettingsBox title={general.account} isPadded>
        <div className="form">
          <TextField {...field('name', general.empty)} hint={general.nameHint} />
          <TextField
            {...field('timezone', general.noZone)}
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
      <SettingsBox title={general.programs} isPadded aside={isFixed && <Fixed />}>
        {isFixed ? (
          <>
            <p>{`${general.retention}: ${general.hoursKept(settings.retention_hours)}`}</p>
            <p className="faint small">{saving.fixedBy('RETENTION_HOURS')}</p>
          </>
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
    </>
  )
}
