import { accuracy, counted, listed } from '../format.ts'

/** The first two names, and how many more. */
const some = (names: readonly string[]) =>
  listed(names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names)

interface Sight {
  readonly name: string
  readonly visits: number
  /** How many report to the person. */
  readonly below: number
  readonly gain: readonly string[]
  readonly lose: readonly string[]
}

const whose = ({ name, visits, below }: Sight) =>
  below > 0
    ? `the visits of ${name} and of the ${counted(below, 'person', 'people')} below`
    : visits > 0
      ? `the visits of ${name}, ${visits} in 30 days`
      : `the visits of ${name}`

/** Who would see whose visits. */
function sight(change: Sight): string {
  const { name, gain, lose } = change
  if (gain.length > 0) {
    const others = lose.length > 0 ? ` ${some(lose)} would not.` : ''
    return `${some(gain)} would then see ${whose(change)}.${others}`
  }
  if (lose.length > 0) return `${some(lose)} would not see ${whose(change)} any more.`
  return `The same people see the visits of ${name} as now. Admins see them all.`
}

/** The settings of people and teams. */
export const users = {
  title: 'People',
  find: 'Name or e-mail',
  clear: 'Clear the search',
  order: 'Order',
  byTeam: 'Team',
  byName: 'A to Z',
  people: (count: number) => counted(count, 'person', 'people'),
  ranks: { admin: 'Admin', manager: 'Manager', rep: 'Rep' },
  columns: {
    email: 'E-mail',
    role: 'Role',
    reportsTo: 'Reports to',
    visits: '30 days',
    visitsHelp: 'Visits of the last 30 days',
    location: 'Phone’s location',
    seen: 'Last seen',
    more: 'More',
  },
  nothing: '–',
  /** Before when somebody was last seen, where no head says so. */
  seenAt: 'Seen: ',
  you: 'you',
  program: 'program',
  teamOf: (name: string) => `Team of ${name}`,
  unit: (visits: number) => (visits === 1 ? 'visit' : 'visits'),
  visitsOf: (name: string) => `visits of ${name}`,
  lately: {
    exact: 'Exact',
    rough: 'Only roughly',
    off: 'Location off',
    unused: 'Not used yet',
  },
  latelyHelp: (median: number, fixes: number) =>
    `Mostly sure to ${accuracy(median)}, in ${counted(fixes, 'visit', 'visits')} of 30 days`,
  seen: {
    now: 'now',
    minutes: (minutes: number) => `${minutes} min ago`,
    today: (time: string) => `today, ${time}`,
    yesterday: 'yesterday',
    never: 'never',
  },
  choose: 'Choose',
  nobody: 'Nobody',
  findUser: 'Find a person',
  noMatch: 'Nobody is called that.',
  alsoReportsTo: '· reports to',
  reportsToOf: (name: string) => `Who leads ${name}`,
  asItIs: 'As it is now.',
  sight,
  reportsNow: (name: string, manager: string | undefined) =>
    manager === undefined ? `${name} reports to nobody now` : `${name} reports to ${manager} now`,
  more: (name: string) => `More about ${name}`,
  seeVisits: 'See visits',
  edit: 'Name and e-mail…',
  makeAdmin: 'Make an admin',
  makeUser: 'No longer an admin',
  roleNow: (name: string, role: 'user' | 'admin') =>
    role === 'admin' ? `${name} is an admin now` : `${name} is not an admin any more`,
  newPassword: 'New password…',
  deactivate: 'Deactivate…',
  deactivateTitle: (name: string) => `Deactivate ${name}?`,
  deactivateHelp:
    'They are signed out at once, and their tokens and connected apps end for good. Their visits stay. You can let them in again later.',
  deactivateDo: 'Deactivate',
  inactiveNow: (name: string) => `${name} cannot sign in any more`,
  activeNow: (name: string) => `${name} can sign in again`,
  inactive: 'Not active any more',
  inactiveHelp: 'They cannot sign in. Their visits stay.',
  changedOn: (date: string) => `changed ${date}`,
  reactivate: 'Reactivate',
  reactivateName: (name: string) => `Reactivate ${name}`,
  passwordTitle: (name: string) => `A new password for ${name}?`,
  passwordHelp:
    'They are signed out everywhere, and apps that they connected have to ask again. The password is shown once, for you to pass on.',
  passwordDo: 'Make a password',
  passwordDone: (name: string) => `The new password of ${name}`,
  passwordShown: 'It is shown only now.',
  password: 'Password',
  name: 'Name',
  email: 'E-mail',
  phone: 'Telephone',
  optional: 'optional',
  save: 'Save',
  changed: (name: string) => `${name} changed`,
  invite: 'Invite people',
  inviteHelp:
    'Each gets a link that works once, for 7 days. Send it as you like: Doorstep sends no e-mail.',
  may: 'May',
  roles: { user: 'Log and see visits', admin: 'Change everything' },
  makeLink: 'Make a link',
  linkFor: (name: string) => `The link for ${name}. It is shown only now.`,
  linkOf: (name: string) => `Link for ${name}`,
  invited: 'Invited, not here yet',
  invitedHelp: 'A link works once, for 7 days. Send it as you like.',
  invitedUntil: (from: string, to: string, isOver: boolean) =>
    isOver ? `Ran out on ${to}` : `Sent ${from}, works until ${to}`,
  ranOut: 'Ran out',
  newLink: 'New link',
  newLinkFor: (name: string) => `New link for ${name}`,
  newLinkHelp: 'The former link stops working',
  withdraw: 'Withdraw',
  withdrawTitle: (name: string) => `Withdraw the invitation of ${name}?`,
  withdrawHelp: 'The link stops working. You can invite them again later.',
  withdrawn: (name: string) => `The invitation of ${name} was withdrawn`,
  failed: 'That was not saved. Try again.',
  notRead: 'The people could not be loaded',
  none: 'Nobody matches',
  noneHelp: 'Look for another name or e-mail address, or clear the role.',
} as const
