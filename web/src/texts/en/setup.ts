export const setup = {
  steps: { you: 'You', visits: 'Visits', people: 'People' },
  stepsName: 'Steps of the setup',
  you: {
    title: 'Set up your server',
    help: 'Everything stays on this machine. Nothing is sent to us, and the map works without the internet.',
    account: 'Name of the account',
    accountHint: 'your team or company',
    name: 'Your name',
    action: 'Continue',
    fine: 'The link in your terminal works once, for a day.',
    command: 'prints a new one.',
    noCode: 'This link is not complete. Open it as the server printed it.',
    used: 'This link was used already, or is too old.',
    done: 'This server is set up already. Sign in.',
  },
} as const
