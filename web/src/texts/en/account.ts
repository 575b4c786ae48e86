import { count, counted } from '../format.ts'

const days = (value: number): string => counted(value, 'day', 'days')
const places = (value: number): string => counted(value, 'exact place', 'exact places')

export const account = {
  about: 'Yours alone.',
  admin: 'Admin',
  name: 'Name',
  email: 'E-mail',
  emailHint: 'You sign in with it.',
  saveName: 'Save',
  savedName: 'Name and e-mail saved',
  askAdmin: 'Your admin can change your name and your e-mail address.',
  device: 'This browser',
  deviceAbout: 'not the others',
  session: 'You are signed in',
  sessionHelp: 'It ends by itself after 30 days without use.',
  signOutFailed: 'Signing out failed. Try again.',
  password: 'Password',
  passwordAbout: 'signs you out everywhere else',
  old: 'Present password',
  next: 'New password',
  wrongOld: 'That is not your present password.',
  everywhere:
    'Other browsers and apps that you signed in to have to sign in again. Tokens of your own stay.',
  change: 'Change the password',
  savedPassword: 'The password is changed, and you are signed out everywhere else',
  places: 'My location data',
  placesAbout: 'where you were at visits',
  placesFailed: 'It could not be loaded',
  held: (visits: number, kept: number) =>
    visits === 0
      ? 'Doorstep holds no exact place of yours.'
      : `Doorstep holds ${places(visits)} of yours, one per visit. Each goes after ${days(kept)}. The distance and the finding stay.`,
  imported: (visits: number) =>
    `Besides, ${counted(visits, 'imported visit has', 'imported visits have')} a place, which stays as it was imported.`,
  goesOn: (day: string, visits: number) => `${day}, ${counted(visits, 'goes', 'go')}`,
  today: 'Today',
  share: 'Send my place with visits',
  on: 'When you log a visit, your phone’s place is compared with the customer’s.',
  off: 'Your visits say “Location off”. Nothing of what your phone reports is stored.',
  nowOn: 'Your place is sent with visits again',
  nowOff: 'Your place is no longer sent with visits',
  drop: 'Drop them now',
  dropHelp: 'Without waiting for the day on which they go.',
  dropAll: (visits: number) => (visits === 1 ? 'Drop it' : `Drop all ${count(visits)}`),
  question: (visits: number) => `Drop ${places(visits)}?`,
  questionHelp: 'They are deleted at once and never come back. Distances and findings stay.',
  dropped: 'Your exact places were deleted',
  looks: 'Who looked',
  looksAbout: 'at an exact place of yours, in the last year',
  looksFailed: 'The looks could not be loaded',
  noLooks: 'Nobody else has looked.',
  looked: (visits: number, day: string, time: string) =>
    `${counted(visits, 'place', 'places')}, last ${day}, ${time}`,
  earlier: 'Earlier ones',
} as const
