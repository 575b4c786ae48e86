import { count, counted, metres } from '../format.ts'

const days = (value: unknown) => counted(Number(value), 'day', 'days')
const everyDays = (value: unknown) => `every ${days(value)}`
const serversOwn = 'the server’s default'
const inMetres = (value: unknown) => metres(Number(value))
const hours = (value: unknown) => counted(Number(value), 'hour', 'hours')
const radius = { name: 'Radius', print: inMetres }

/** How an attribute is said. */
export interface AuditAttribute {
  readonly name: string
  readonly print?: (value: unknown) => string
  /** Words for the values of the API. */
  readonly values?: Readonly<Record<string, string>>
  /** Whether a value is the id of a user. */
  readonly isUser?: boolean
  /** In place of no value. */
  readonly none?: string
}

/** Who did what; a sentence is the person, one of these, and what it was done to. */
export const audit = {
  about: 'Who did what, kept for two years',
  adminsOnly: 'Only admins see who did what.',
  notRead: 'The entries could not be loaded',
  none: 'Nothing has been noted yet.',
  earlier: 'Show earlier entries',
  actions: {
    signed_in: 'signed in',
    sign_in_failed: 'failed to sign in as',
    signed_out: 'signed out',
    password_changed: 'changed the password of',
    token_created: 'created the token',
    token_revoked: 'revoked the token',
    oauth_client_created: 'registered the app',
    oauth_client_removed: 'removed the app',
    grant_created: 'allowed the app',
    grant_revoked: 'ended what was allowed to',
    user_invited: 'invited',
    invitation_withdrawn: 'withdrew the invitation of',
    user_created: 'added',
    user_changed: 'changed',
    outcome_created: 'created the outcome',
    outcome_changed: 'changed the outcome',
    outcome_merged: 'merged the outcome',
    settings_changed: 'changed the settings',
    pin_decided: 'decided on',
    pin_set: 'set the pin of',
    visit_reviewed: 'reviewed',
    import_started: 'started the import',
    import_paused: 'paused the import',
    import_ended: 'ended the import',
    import_cancelled: 'cancelled the import',
    exported: 'exported',
    backup_restored: 'restored a backup',
    stream_reset: 'reset the stream',
    location_data_downloaded: 'downloaded the location data of',
    location_data_removed: 'removed the location data of',
  },
  means: { command_line: 'Command line', server: 'The server' },
  nobody: 'Somebody',
  unknownAddress: 'an unknown address',
  user: (id: number) => `User ${id}`,
  kinds: {
    user: 'user',
    pin_change: 'the proposed pin',
    lead: 'the lead',
    contact: 'the contact',
    visit: 'the visit',
  },
  lists: { visits: 'visits', leads: 'leads', contacts: 'contacts', customers: 'customers' },
  numbered: (kind: string, id: number) => `${kind} ${id}`,
  byToken: (name: string) => `By the token “${name}”`,
  byUnnamedToken: (id: number) => `By token ${id}`,
  change: (name: string, from: string, to: string) => [`${name}: `, from, ' → ', to],
  changed: (name: string) => `${name} changed`,
  empty: 'none',
  /** What the parts of an entry's details say, by their names in the API. */
  details: {
    by: {
      password: 'With the password',
      link: 'With a one-time link',
      invitation: 'With an invitation',
      setup: 'When setting up the server',
      import: 'By an import',
      client: 'By the app itself',
      code_used_twice: 'Its code was used twice',
    },
    role: { admin: 'As an admin', user: 'As a rep' },
    status: { approved: 'Approved', rejected: 'Rejected', active: '', inactive: 'Not active' },
    state: {
      done: 'Finished',
      failed: 'It failed',
      stopped: 'It was stopped',
      kept: 'The finding stays',
      dismissed: 'The finding was dismissed',
      open: 'Waits for an answer',
    },
  },
  /** Attributes that change, by their names in the API. */
  attributes: {
    name: { name: 'Name' },
    email: { name: 'E-mail' },
    phone_number: { name: 'Telephone' },
    timezone: { name: 'Time zone' },
    role: { name: 'Role', values: { admin: 'Admin', user: 'Rep or manager' } },
    reports_to: { name: 'Reports to', isUser: true, none: 'nobody' },
    status: { name: 'Account', values: { active: 'active', inactive: 'not active' } },
    team_name: { name: 'Team' },
    color: { name: 'Colour', none: 'chosen by Doorstep' },
    icon: { name: 'Icon', none: 'chosen by Doorstep' },
    position: { name: 'Place in the list', print: (value: unknown) => count(Number(value)) },
    is_active: { name: 'Offered to reps', values: { true: 'yes', false: 'no' } },
    radius_m: radius,
    verification_radius_m: { ...radius, none: 'that of the account' },
    visit_every_days: { name: 'Regular visits', print: everyDays },
    days_kept: { name: 'Exact places are kept for', print: days, none: serversOwn },
    retention_hours: {
      name: 'Programs can catch up for',
      print: hours,
      none: serversOwn,
    },
    map_style_url: { name: 'Address of the map' },
    map_attribution: { name: 'Credits of the map' },
    pin: { name: 'Pin' },
    sites: { name: 'Other places' },
  } satisfies Readonly<Record<string, AuditAttribute>>,
} as const
