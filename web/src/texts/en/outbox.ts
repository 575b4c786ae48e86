import { counted } from '../format.ts'

/** What waits on this phone. */
export const outbox = {
  back: 'Me',
  safe: 'Nothing here is lost.',
  stays: {
    phone: 'All of it stays on this phone until the server has confirmed it.',
    tab: 'All of it stays in this browser until the server has confirmed it.',
    page: 'All of it stays in this page until the server has confirmed it.',
  },
  needsYou: 'Needs you',
  sending: 'Sending',
  waiting: 'Waiting',
  withoutOutcome: 'No outcome',
  fix: 'Fix',
  discard: 'Discard',
  discarded: 'Discarded',
  removedLater: 'It may have been sent. Once the server answers, it is removed there.',
  notRemoved: (name: string) =>
    `The server did not remove the visit to ${name}. Open it in My visits to change it.`,
  notDiscarded: 'It was sent already',
  edit: 'Edit of a visit',
  request: 'Review request',
  changeOf: (name: string, when: string) => `${name}, ${when}`,
  changeRefused: (said: string) => `The server did not take it: ${said}`,
  openVisit: 'Open the visit',
  plan: 'Plan',
  planOf: (day: string, stops: number) => `${day}, ${counted(stops, 'stop', 'stops')}`,
  pin: 'New pin',
  pinFor: (name: string, who: string | undefined) => `${name}, for ${who ?? 'your manager'}`,
  pinRefused: (said: string) => `The server refused the new pin: ${said}`,
  emptyTitle: 'Nothing waits on this phone',
  emptyHelp: 'What you do without a network waits here until it is sent.',
  sent: (at: string | undefined) => (at === undefined ? 'Nothing sent yet' : `Last sent ${at}`),
  online: 'There is a network',
  offline: 'No network',
  unreachable: 'The server does not answer',
  signedOut: 'You are signed out',
  sendNow: 'Send now',
  refusals: {
    customer: (who: string | undefined, at: string | undefined) =>
      `${
        who === undefined || at === undefined
          ? 'This customer is there no more.'
          : `${who} deleted this customer ${at}.`
      } Choose another one: time, place and note stay.`,
    outcome: 'This outcome is there no more. Choose another: time, place and note stay.',
    summary: 'The note is too long for the server. Shorten it: time and place stay.',
    other: (said: string, requestId: string | undefined) =>
      `The server refused it: ${said}${requestId === undefined ? '' : ` (request ${requestId})`}`,
  },
  at: (time: string) => `at ${time}`,
  onDay: (day: string, time: string) => `on ${day} at ${time}`,
  signIn: (count: number) =>
    `${counted(count, 'visit waits', 'visits wait')} on this phone. ${
      count === 1 ? 'It is' : 'They are'
    } sent once you are in.`,
} as const
