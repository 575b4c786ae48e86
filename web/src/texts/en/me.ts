import { count, counted } from '../format.ts'

const places = (value: number): string => counted(value, 'place', 'places')

export const me = {
  roles: { admin: 'Admin', manager: 'Manager', rep: 'Rep' },
  reportsTo: (role: string, manager: string) => `${role} · reports to ${manager}`,
  nothingWaits: 'Nothing waits',
  sync: 'Sync now',
  syncing: 'Syncing',
  synced: (time: string, customers: number) =>
    `Synced ${time} · ${counted(customers, 'customer', 'customers')} here`,
  neverSynced: 'No customers on this phone yet',
  notSynced: 'The server cannot be reached. You see what was last read.',
  places: (held: number, until: string | null) =>
    until === null ? places(held) : `${places(held)}, until ${until}`,
  noPlaces: 'No exact place is held',
  appearance: 'Appearance',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  english: 'English',
  install: 'Install Doorstep',
  installWhy: 'Keeps your visits safe offline',
  more: 'More',
  signOut: 'Sign out',
  fine: (host: string, version: string) => `${host} · version ${version}`,
  outTitle: (things: string, isOne: boolean, isPhone: boolean) =>
    `${things} ${isOne ? 'is' : 'are'} only ${isPhone ? 'on this phone' : 'in this browser'}`,
  outLost:
    'This browser stores nothing, as in private browsing. If you sign out now they are lost with this page.',
  outHelp: (name: string, isPhone: boolean) =>
    `If you sign out now they stay here, but nobody can send them until ${name} signs in ${
      isPhone ? 'on this phone' : 'in this browser'
    } again.`,
  cannotSend: (refused: number, names: string) =>
    refused === 1
      ? `1 cannot be sent before you fix it: ${names}.`
      : `${count(refused)} cannot be sent before you fix them: ${names}.`,
  send: (waiting: number) => `Send ${count(waiting)} and sign out`,
  sendAndFix: (waiting: number, refused: number) =>
    `Send ${count(waiting)}, then fix ${count(refused)}`,
  fix: (refused: number) => `Fix ${count(refused)}`,
  sending: 'Sending',
  sendUnreached:
    'The server cannot be reached, so not all were sent. Try again where there is a network.',
  sendFailed: 'Not all were sent: the server did not take them. Try again later.',
  keep: 'Sign out and keep them here',
  lose: 'Sign out and lose them',
  inPage: {
    title: 'This browser stores nothing, as in private browsing.',
    help: 'Keep this page open until all is sent.',
  },
  inTab: {
    title: 'In a tab, these are not safe for long.',
    iphone: 'Safari empties a website after 7 days without use, with what waits.',
    other: 'The browser may clear a website when the phone runs out of space, with what waits.',
    action: 'Put Doorstep on the home screen',
  },
} as const

export const install = {
  title: 'Put Doorstep on your home screen',
  close: 'Close',
  phone: 'Phone',
  iphone: 'iPhone',
  android: 'Android',
  iphoneWhy: {
    first: 'Safari empties a website after 7 days without use.',
    rest: 'Visits that still wait would go with it. From the home screen they stay, and Doorstep opens without network.',
  },
  androidWhy: {
    first: 'Chrome may clear a website when the phone runs out of space.',
    rest: 'Visits that still wait would go with it. An installed Doorstep keeps them, and opens without network.',
  },
  tap: 'Tap',
  share: 'Share',
  behind: '. On some iPhones it is behind',
  scroll: 'Scroll down and tap',
  addToHome: 'Add to Home Screen',
  stop: '.',
  openIphone: 'Open Doorstep from its icon and sign in again. It starts with an empty outbox.',
  install: 'Install',
  confirm: 'below and confirm.',
  openAndroid: 'Open Doorstep from its icon. You are still signed in, and your outbox is there.',
  menu: 'Open Chrome’s menu',
  andTap: 'and tap',
  addToHomeAndroid: 'Add to Home screen',
  nothingHappens: 'Nothing happens?',
  nothingWaits: 'Nothing waits in Safari.',
  moveNow: 'You can move now.',
  waits: (things: string, isOne: boolean) => `${things} ${isOne ? 'waits' : 'wait'} in Safari.`,
  sendFirst: 'The app on the home screen has an outbox of its own, so send them first.',
  send: 'Send now',
  seeOutbox: 'See the outbox',
  notNow: 'Not now',
  done: 'Doorstep is installed',
} as const

export const myLocation = {
  title: 'My location data',
  failed: 'It could not be loaded',
  none: 'Doorstep holds no exact place of yours.',
  holds: 'Doorstep holds',
  exact: (held: number) => counted(held, 'exact place', 'exact places'),
  rest: (days: number) =>
    ` of yours, one per visit. Each goes after ${counted(days, 'day', 'days')}. The distance and the finding stay.`,
  who: 'Who looked',
  all: (looks: number) => `All ${count(looks)}`,
  fewer: 'Fewer',
  nobody: 'Nobody else has looked at an exact place of yours in the last year.',
  manager: (name: string) => `${name}, your manager`,
  admin: (name: string) => `${name}, admin`,
  share: 'Send my place with visits',
  on: 'Off: visits say “Location off”.',
  off: 'Your visits say “Location off”, and nothing of what your phone reports is stored.',
  download: 'Download it',
  downloading: 'Collecting it',
  fileName: 'my-location-data.json',
  downloadFailed: 'It could not be collected. Try again.',
  dropAll: (held: number) => (held === 1 ? 'Drop it now' : `Drop all ${count(held)} now`),
  keep: 'Keep them',
  setBy: (account: string, days: number, name: string, day: string) =>
    `${account} keeps exact places for ${counted(days, 'day', 'days')}. ${name} set this on ${day}.`,
  keeps: (account: string, days: number) =>
    `${account} keeps exact places for ${counted(days, 'day', 'days')}.`,
} as const

export const update = {
  ready: 'Update ready',
  reload: 'Reload',
} as const
