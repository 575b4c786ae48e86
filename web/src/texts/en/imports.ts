import { duration } from '../durations.ts'
import { count, counted } from '../format.ts'
import { importViews } from './import-views.ts'

const bound = '\u00a0'

const visits = (value: number) => counted(value, 'visit', 'visits')
const items = (value: number) => counted(value, 'item', 'items')

/** "41 s", "3 min 31 s", "2 h 5 min": of work that somebody watches. */
export function elapsed(seconds: number): string {
  if (seconds < 60 || seconds >= 3_600) return duration(seconds)
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  return rest === 0 ? `${minutes}${bound}min` : `${minutes}${bound}min ${rest}${bound}s`
}

/** "about 2 minutes left" */
function left(seconds: number): string {
  if (seconds < 50) return 'Less than a minute left'
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `About ${counted(minutes, 'minute', 'minutes')} left`
  return `About ${counted(Math.round(minutes / 60), 'hour', 'hours')} left`
}

export const imports = {
  from: { name: 'Where from', sell: 'From Sell', files: 'From files' },
  failed: 'The imports could not be loaded',
  adminsOnly: 'Only admins import',
  adminsOnlyHelp:
    'An import brings people and their roles, so it takes an admin of this account. Ask one to start it.',
  deadline: (day: string, days: number) =>
    days > 0
      ? `Sell deletes its data on ${day}, in ${counted(days, 'day', 'days')}.`
      : `Sell deleted its data on ${day}.`,
  token: {
    label: 'Token of the root user',
    hint: 'In Sell: Settings, Integrations, OAuth, Access tokens. It stays in memory while the import runs and is stored nowhere.',
    follow: 'Keep in step with Sell afterwards',
    followHelp:
      'What your team still changes in Sell arrives here within seconds, until you stop it.',
    refused:
      'Sell does not accept this token. Copy it again, or make a new one as the root user of Sell.',
    failed: 'That did not work. Try again.',
    unavailable:
      'This server runs no imports. Use ./doorstep import sell on its command line instead.',
    checking: 'Asking Sell',
    cancel: 'Cancel',
  },
  start: {
    title: 'Bring everything over from Sell',
    help: 'Visits, customers, people and outcomes come with their ids and times. About 5 minutes for 250,000 visits; your team works on meanwhile. Nothing changes in Sell.',
    action: 'Start the import',
    steps: [
      'Take a token of the root user of Sell. Only this user sees every visit and may read what changes.',
      'Watch it arrive. Close the page if you like: the import continues, and resumes where it was if the server restarts.',
      'Compare both sides, and keep the signed summary as proof that nothing is missing.',
    ],
    next: 'How it goes',
  },
  states: {
    running: 'Importing',
    following: 'In step with Sell',
    paused: 'Paused',
    failed: 'Stopped',
    done: 'Finished',
  },
  head: {
    before: 'customers and people so far',
    of: (expected: number) => (expected > 0 ? `of about ${visits(expected)}` : 'visits'),
    visits: 'visits',
    visitsRead: 'visits read',
    left,
    started: (when: string) => `Started ${when}.`,
    finished: (when: string) => `Finished ${when}.`,
    canClose: 'You can close this page, the import continues.',
    elsewhere: 'It was started elsewhere: on the command line, or at another process.',
    waiting: (seconds: number | undefined) =>
      seconds === undefined
        ? 'Sell has asked to wait. The import resumes by itself.'
        : `Sell has asked to wait ${elapsed(seconds)}. The import resumes by itself.`,
    paused: 'Nothing is lost: it continues where it was.',
    pausedWithoutToken:
      'Nothing is lost: it continues where it was. It takes the token again, which is stored nowhere.',
    complete: 'Everything was read.',
    restsOn: (lists: string) => `Everything was read, provided that Sell’s ${lists} complete.`,
    allBut: (rejected: number) => `Everything but ${items(rejected)} was read and kept.`,
    incomplete: 'What could not be proven stands below.',
    inStep: (seconds: number | null) => {
      if (seconds === null) return 'Changes in Sell cannot be followed with this token.'
      const ago = seconds < 10 ? 'just now' : `${elapsed(seconds)} ago`
      return `Sell’s changes were last read ${ago}.`
    },
    events: (value: number) =>
      value === 0 ? 'No changes so far.' : `${counted(value, 'change', 'changes')} so far.`,
    progress: 'Visits read',
  },
  /** Why an import stopped, and what to do. */
  stopped: {
    refused: 'Sell does not accept the token any more.',
    refusedHelp: 'Make a new one as the root user of Sell, and resume with it.',
    otherAccount: 'This token belongs to another Sell account.',
    otherAccountHelp: 'Resume with a token of the account that this import began with.',
    silent: 'Sell did not answer.',
    silentHelp: 'Resume when it does. Nothing is read twice.',
    other: 'The import stopped.',
    otherHelp: 'What was imported stays. Resume it: it continues where it was.',
    details: 'What was reported',
  },
  actions: {
    pause: 'Pause',
    resume: 'Resume',
    stop: 'Stop',
    update: 'Update from Sell',
    verify: 'Verify',
    verifyAgain: 'Verify again',
    back: 'Import',
  },
  resume: {
    title: 'Resume the import',
    help: 'It continues where it was.',
  },
  update: {
    title: 'Update from Sell',
    help: 'What has changed since is read, and every gap is tried again.',
    action: 'Update',
  },
  stop: {
    title: 'Stop the import?',
    help: 'What was imported stays. The server deletes Sell’s token, so resuming later takes it again. To interrupt it for a while, pause it.',
    action: 'Stop',
    failed: 'It could not be stopped. Try again.',
  },
  phases: {
    title: 'Phases',
    people: 'Outcomes and people',
    leads: 'Leads',
    contacts: 'Contacts',
    visits: 'Visits',
    changes: 'Changes made in Sell meanwhile',
    second: 'Second look at shifted pages',
    states: { done: 'done', running: 'under way', stopped: 'interrupted', todo: 'still to come' },
    notGiven: 'not given by Sell',
    peopleCount: (outcomes: number, people: number) => `${count(outcomes)} and ${count(people)}`,
    visitsCount: (read: number, expected: number) =>
      expected > read ? `${count(read)} of about ${count(expected)}` : count(read),
    changesCount: (events: number, isOver: boolean) =>
      isOver ? count(events) : `${count(events)} so far`,
    ranges: (checked: number, ranges: number) =>
      checked < ranges
        ? `${count(checked)} of ${counted(ranges, 'range', 'ranges')}`
        : counted(ranges, 'range', 'ranges'),
  },
  speed: {
    title: 'Speed',
    about: 'visits a second, last minute',
    visits: 'Visits a second',
    requests: 'Requests a second',
    repeated: 'Requests repeated',
    waits: 'Asked by Sell to wait',
    waited: (times: number, seconds: number) =>
      times === 0
        ? 'never'
        : [counted(times, 'time', 'times'), ...(seconds > 0 ? [elapsed(seconds)] : [])].join(', '),
    gaps: 'Gaps',
    rejected: 'Rejected',
    conflicts: 'Conflicts',
    result: 'Result',
    created: 'New here',
    updated: 'Updated',
    unchanged: 'Unchanged',
  },
  look: {
    title: 'To look at',
    about: 'nothing here stops the import',
    gaps: 'Gaps',
    gapsHelp: (gaps: number, missing: number | null) => {
      const parts = `${counted(gaps, 'part', 'parts')} of Sell’s lists could not be proven complete.`
      return missing === null ? parts : `${parts} At most ${items(missing)} may be missing.`
    },
    showGaps: (gaps: number) => `Show ${count(gaps)}`,
    rejected: 'Rejected',
    rejectedHelp: (rejected: number, why: string | undefined) =>
      why === undefined
        ? `${items(rejected)} could not be understood, and were left out.`
        : `${items(rejected)} could not be understood: ${why}.`,
    showRejected: (rejected: number) => `Show ${count(rejected)}`,
    conflicts: 'Conflicts',
    conflictsHelp: (conflicts: number) =>
      `${visits(conflicts)} ${conflicts === 1 ? 'was' : 'were'} changed here and in Sell. What is here stays until you decide.`,
    decide: (conflicts: number) => `Decide ${count(conflicts)}`,
    notGiven: 'Not given',
    notGivenHelp: (lists: string) =>
      `Sell did not give these lists: ${lists}. The import is complete without them.`,
  },
  lists: {
    visits: 'visits',
    leads: 'leads',
    contacts: 'contacts',
    users: 'people',
    visit_outcomes: 'outcomes',
    account: 'the account',
    lead_custom_fields: 'custom fields of leads',
    contact_custom_fields: 'custom fields of contacts',
    lead_tags: 'tags of leads',
    contact_tags: 'tags of contacts',
    lead_statuses: 'statuses of leads',
    lead_sources: 'sources of leads',
  },
  /** One item of a list. */
  items: {
    visits: 'Visit',
    leads: 'Lead',
    contacts: 'Contact',
    users: 'Person',
    visit_outcomes: 'Outcome',
    account: 'Account',
    lead_custom_fields: 'Custom field',
    contact_custom_fields: 'Custom field',
    lead_tags: 'Tag',
    contact_tags: 'Tag',
    lead_statuses: 'Status',
    lead_sources: 'Source',
  },
  unknownValue: 'is none that Doorstep knows',
  rests: {
    creator_id: 'list of people is',
    resource_id: 'lists of leads and contacts are',
    other: 'lists are',
  },
  ...importViews,
} as const
