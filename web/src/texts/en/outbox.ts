import { counted } from '../format.ts'

/** What waits on this phone. */
export const outbox = {
  back: 'Me',
  safe: 'Nothing here is lost.',
  safeHelp: 'Each visit stays on this phone until the server has confirmed it.',
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
  pin: 'New pin',
  pinFor: (name: string, who: string | undefined) => `${name}, for ${who ?? 'your manager'}`,
  pinRefused: (said: string) => `The server refused the new pin: ${said}`,
  emptyTitle: 'Nothing waits on this phone',
  emptyHelp: 'The server has every visit that you logged here.',
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
          : `${who} deleted this customer at ${at}.`
      } Choose another one: time, place and note stay.`,
    outcome: 'This outcome is there no more. Choose another: time, place and note stay.',
    summary: 'The note is too long for the server. Shorten it: time and place stay.',
    other: (said: string, requestId: string | undefined) =>
      `The server refused it: ${said}${requestId === undefined ? '' : ` (request ${requestId})`}`,
  },
  signIn: (count: number) =>
    `${counted(count, 'visit waits', 'visits wait')} on this phone. ${
      count === 1 ? 'It is' : 'They are'
    } sent once you are in.`,
} as const
