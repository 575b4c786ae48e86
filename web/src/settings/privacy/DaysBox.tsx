import { repLocationDaysMax } from '@doorstep/contract/limits'

import { Segmented } from '../../parts/Segmented.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { count } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { Fixed } from '../Fixed.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import type { Days } from './use-days.ts'

interface DaysBoxProps {
  readonly days: Days
  readonly isFixed: boolean
}

const { privacy, saving } = texts
const usual = [30, 60, 90, 365]

export const DaysBox = ({ days, isFixed }: DaysBoxProps) => (
  <SettingsBox title={privacy.kept} isPadded className="quiet-head" aside={isFixed && <Fixed />}>
    <p className="muted">{privacy.keptHelp}</p>
    {isFixed ? (
      <div className="fixed-value">
        <b className="num">{privacy.days(days.present)}</b>
        <p className="faint small">{saving.fixedBy('REP_LOCATION_DAYS')}</p>
      </div>
    ) : (
      <div className="days">
        <Segmented
          name={privacy.kept}
          value={String(days.days ?? '')}
          onValue={days.type}
          choices={usual.map((each) => ({ value: String(each), name: privacy.choice(each) }))}
        />
        <TextField
          className="days-field num"
          label={privacy.other}
          inputMode="numeric"
          autoComplete="off"
          value={days.typed}
          onText={days.type}
          problem={days.days === undefined ? privacy.bounds(count(repLocationDaysMax)) : undefined}
          end={<span className="faint">{privacy.daysUnit}</span>}
        />
      </div>
    )}
  </SettingsBox>
)
