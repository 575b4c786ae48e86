import './questions.css'
import { useQuery } from '@tanstack/react-query'

import { usersQuery } from '../api/users.ts'
import { outcomesQuery } from '../api/visit-outcomes.ts'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { ByName } from './ByName.tsx'
import { ChoiceCards } from './ChoiceCards.tsx'
import type { Choices, PreviewedFile } from './choices.ts'

const { dates, unknown } = fileImports

interface QuestionsProps {
  readonly file: PreviewedFile
  readonly choices: Choices
  readonly onChoices: (change: Partial<Choices>) => void
}

function DayOrMonth({ file, choices, onChoices }: QuestionsProps) {
  const found = file.unclear_times
  if (!found) return null
  const { day_first: day, month_first: month, either } = found
  const given = choices.dateFormats?.join()
  const value =
    given === undefined
      ? undefined
      : given === found.month_first_formats.join()
        ? 'month'
        : given === found.day_first_formats.join()
          ? 'day'
          : undefined
  const tagOf = (others: number) => (others === 0 ? dates.fitsAll : dates.notFit(others))
  return (
    <SettingsBox isPadded className="question-box">
      <h2>{dates.title(found.example)}</h2>
      <p className="muted">{dates.fits(day, month, day + month + either)}</p>
      <ChoiceCards
        name={dates.title(found.example)}
        value={value}
        onValue={(chosen) =>
          onChoices({
            dateFormats: chosen === 'day' ? found.day_first_formats : found.month_first_formats,
          })
        }
        cards={[
          {
            value: 'day',
            name: dates.dayFirst,
            help: found.day_first_formats[0],
            tag: tagOf(month),
            isWarned: month > 0,
          },
          {
            value: 'month',
            name: dates.monthFirst,
            help: found.month_first_formats[0],
            tag: tagOf(day),
            isWarned: day > 0,
          },
        ]}
      />
    </SettingsBox>
  )
}

function People({ file, choices, onChoices }: QuestionsProps) {
  const { data: known = [] } = useQuery(usersQuery)
  const names = file.unknown_users
  if (names.length === 0) return null
  const { users } = unknown
  return (
    <SettingsBox isPadded className="question-box">
      <h2>{unknown.people(names.length)}</h2>
      <ChoiceCards
        name={users.name}
        value={choices.unknownUser}
        onValue={(unknownUser) => onChoices({ unknownUser })}
        cards={[
          { value: 'reject', name: users.reject },
          { value: 'inactive', name: users.inactive },
        ]}
      />
      <ByName
        names={names}
        value={choices.users}
        choices={[
          { value: 'reject', name: users.reject },
          { value: 'inactive', name: users.inactive },
          ...known.map(({ id, name }) => ({ value: String(id), name })),
        ]}
        onValue={(chosen) => onChoices({ users: chosen })}
      />
      <p className="faint small">{unknown.usersHelp}</p>
    </SettingsBox>
  )
}

function Outcomes({ file, choices, onChoices }: QuestionsProps) {
  const { data: known = [] } = useQuery(outcomesQuery)
  const names = file.unknown_outcomes
  if (names.length === 0) return null
  const { outcome } = unknown
  return (
    <SettingsBox isPadded className="question-box">
      <h2>{unknown.outcomes(names.length)}</h2>
      <ChoiceCards
        name={outcome.name}
        value={choices.unknownOutcome}
        onValue={(unknownOutcome) => onChoices({ unknownOutcome })}
        cards={[
          { value: 'reject', name: outcome.reject },
          { value: 'create', name: outcome.create },
          { value: 'none', name: outcome.none },
        ]}
      />
      <ByName
        names={names}
        value={choices.outcomes}
        choices={[
          { value: 'reject', name: outcome.reject },
          { value: 'create', name: outcome.create },
          { value: 'none', name: outcome.none },
          ...known.map(({ id, name }) => ({ value: String(id), name })),
        ]}
        onValue={(chosen) => onChoices({ outcomes: chosen })}
      />
    </SettingsBox>
  )
}

/** What only a person can answer about a file. */
export const Questions = (props: QuestionsProps) => (
  <>
    <DayOrMonth {...props} />
    <People {...props} />
    <Outcomes {...props} />
  </>
)
