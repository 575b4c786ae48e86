export const session = {
  title: (account: string | null) => (account === null ? 'Sign in' : `Sign in to ${account}`),
  email: 'E-mail',
  password: 'Password',
  account: 'Account',
  signIn: 'Sign in',
  forgotten: 'Password forgotten? Your admin can send you a new link.',
  version: (host: string, version: string) => `${host} · Doorstep ${version}`,
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  wrong: 'The e-mail address or the password is wrong.',
  tooMany: (minutes: number) =>
    minutes <= 1
      ? 'Too many wrong passwords. Try again in a minute.'
      : `Too many wrong passwords. Try again in ${minutes} minutes.`,
  several: 'This e-mail and password match several accounts. Say which one.',
  unreachable: 'Doorstep cannot be reached. Check the network and try again.',
  failed: 'Signing in failed. Try again.',
  signingIn: 'Signing you in',
  usedLink:
    'This link was used already, or is too old. Sign in with your password, or ask for a new link.',
  needsSetup: {
    title: 'This server is not set up yet',
    help: 'Open the link that the server printed when it first started. It works once, for a day.',
    command: 'prints a new one.',
  },
  expired: {
    title: 'You were signed out',
    help: 'What you typed is still here. Sign in to go on.',
    other: 'Somebody else',
  },
  invitation: {
    title: (account: string | null) => (account === null ? 'Welcome' : `Welcome to ${account}`),
    help: 'Choose a password. With it and your e-mail address you sign in from now on.',
    action: 'Start',
    noCode: 'This link is not complete. Open it as it was sent to you, or ask for a new one.',
    used: 'This link was used already, or is too old. Ask your admin for a new one.',
  },
  passwordHint: (least: number, length: number) =>
    length === 0
      ? `${least} characters or more, of any kind.`
      : `${least} characters or more, of any kind. Yours has ${length}.`,
} as const
