import { counted } from '../format.ts'

export const general = {
  about: 'The account as a whole.',
  failed: 'The settings could not be loaded',
  account: 'Account',
  name: 'Name',
  nameHint: 'At the sign-in and in invitations.',
  timezone: 'Time zone',
  timezoneHint: 'Such as Europe/Lisbon. Days of people without a zone of their own begin in it.',
  rhythm: 'Rhythm',
  visitEvery: 'Visit customers every',
  visitEveryHint:
    'For customers that say nothing themselves. Later than that they are due. Empty: not regularly.',
  days: 'days',
  retention: 'Changes stay for programs',
  retentionHint:
    'A program that copies visits and was disconnected for longer has to read everything again.',
  hours: 'hours',
  programs: 'Programs',
  hoursKept: (hours: number) => counted(hours, 'hour', 'hours'),
  whole: (most: string) => `A whole number from 1 to ${most}`,
  empty: 'A name is needed.',
  noZone: 'A time zone is needed.',
  changed: (names: readonly string[]) => names.join(', '),
  changedHelp: 'For everybody, at once.',
  wrong: 'Something is missing',
  saved: 'The settings are saved',
  demo: 'Demo team',
  demoHelp: 'Made-up people, their customers and 5,000 visits.',
  removeDemo: 'Take it out',
  removing: 'Taking it out…',
  question: 'Take the demo team out?',
  questionHelp:
    'Its people, customers and visits go, and with them whatever was logged at its customers. Your own people and settings stay. It can be added again as long as there are no visits of your own.',
  removed: 'The demo team was removed',
  removeFailed: 'It could not be taken out. Try again.',
} as const
