import { counted } from '../format.ts'

/** What waits on this phone. */
export const outbox = {
  back: 'Me',
  safe: 'Nothing here is lost.',
  safeHelp: 'Each visit stays on this phone until the server has confirmed it.',
  needsYou: 'Needs you',
  sending: 'Sending',
  waiting: 'Waiting',
  waitingSignedOut: 'Waiting until you sign in',
  withoutOutcome: 'No outcome',
  fix: 'Fix',
  discard: 'Discard',
  discarded: 'Discarded',
  discardHelp: 'It was only on this phone',
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
  counts: (refused: number, waiting: number) =>
    [
      refused > 0 && `${refused} ${refused === 1 ? 'needs' : 'need'} you`,
      waiting > 0 && `${waiting} waiting`,
    ]
      .filter(Boolean)
      .join(', ') || 'Nothing waits',
  signOut: {
    title: (count: number) => `${counted(count, 'visit is', 'visits are')} only on this phone`,
    help: (name: string) =>
      `If you sign out now they stay here, but nobody can send them until ${name} signs in on this phone again.`,
    needsFix: (count: number, names: string) =>
      `${count} cannot be sent before you fix it: ${names}.`,
    sendThenFix: (waiting: number, refused: number) =>
      waiting === 0
        ? `Fix ${refused}`
        : refused === 0
          ? `Send ${waiting}, then sign out`
          : `Send ${waiting}, then fix ${refused}`,
    keep: 'Sign out and keep them here',
    stay: 'Stay signed in',
    notSent: 'There is no way to the server now. They stay on this phone.',
  },
  signIn: (count: number) =>
    `${counted(count, 'visit waits', 'visits wait')} on this phone. ${
      count === 1 ? 'It is' : 'They are'
    } sent once you are in.`,
} as const
