import { count, counted } from '../format.ts'

const days = (value: number): string => counted(value, 'day', 'days')

export const privacy = {
  about: 'Where reps were: how long it is kept, and who sees it.',
  failed: 'The settings could not be loaded',
  adminsOnly: 'Only admins can change this. You see what holds for everybody.',
  kept: 'How long places are kept',
  keptHelp:
    'The exact place of a rep is deleted after this time. Distance and finding stay, so reports do not change.',
  exactPlaces: 'Exact places are kept for',
  days,
  choice: (value: number) => (value === 365 ? '1 year' : days(value)),
  other: 'Days that exact places are kept',
  daysUnit: 'days',
  bounds: (most: string) => `1 to ${most} days`,
  wrong: 'This is not a number of days',
  change: (before: number, then: number) => `Exact places ${count(before)} to ${days(then)}`,
  longer: 'Places that were deleted already do not come back.',
  shorter: (visits: number | undefined) =>
    visits === undefined
      ? 'Older exact places go within a minute, for good.'
      : `Exact places of up to ${counted(visits, 'visit goes', 'visits go')} within a minute, for good.`,
  question: (to: number) => `Keep exact places for ${days(to)} only?`,
  questionHelp: (to: number, visits: number | undefined) =>
    visits === undefined
      ? `Those that are older than ${days(to)} are deleted within a minute, and never come back. Distances and findings stay.`
      : `Those of up to ${counted(visits, 'visit', 'visits')} that were made more than ${days(to)} ago are deleted within a minute, and never come back. Distances and findings stay.`,
  sure: (to: number) => `Keep ${days(to)} only`,
  saved: (to: number) => `Exact places are kept for ${days(to)}`,
  who: 'Who sees an exact place',
  whoAbout: 'while it is kept',
  whoSees: [
    { who: 'The rep', help: 'Whoever logged the visit.', sees: 'their own' },
    {
      who: 'Managers',
      help: 'Everybody above the rep, as people report to each other.',
      sees: 'their team’s',
    },
    { who: 'Admins', help: 'And programs with a token of an admin.', sees: 'all' },
    {
      who: 'Others',
      help: 'The owner of a customer sees the finding and the distance, not where the phone was.',
      sees: 'none',
    },
  ],
  rights: 'What every rep can count on',
  rightsAbout: 'it cannot be switched off',
  everyRep: [
    {
      name: 'Reps can switch their location off',
      help: 'Their visits then say “Location off”, and nothing of what the phone reports is stored.',
    },
    {
      name: 'Reps see who looked at their places',
      help: 'Each look by somebody else is noted: who, when and at which visit. It is kept for a year.',
    },
    {
      name: 'Reps can delete their places now',
      help: 'Findings and distances stay, so nobody has to ask why a report changed.',
    },
  ],
  people: 'How exact each person’s phone has been lately',
  canSwitchOff: 'Reps can switch their location off',
  seeWhoLooked: 'Reps see who looked at their places',
  always: 'always',
} as const
