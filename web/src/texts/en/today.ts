import { count, counted } from '../format.ts'

const stops = (value: number): string => counted(value, 'stop', 'stops')

export const today = {
  done: (visited: number, total: number) => `${count(visited)} of ${count(total)} done`,
  nothing: 'Nothing planned',
  offline: 'No network',
  asOf: (time: string) => `As of ${time}`,
  unsent: (isInPage: boolean) =>
    `The plan waits ${isInPage ? 'in this page' : 'on this phone'} until there is a network.`,
  stops: 'Stops',
  way: (length: string) => `${length} in this order`,
  best: (length: string) => `Best order · ${length}`,
  reordered: 'The shortest order that was found',
  add: 'Add stops',
  empty: {
    title: 'No stops yet',
    help: 'Choose whom you visit today. The plan is on this phone too, and works without a network.',
  },
  failed: 'The plan could not be loaded',
  log: 'Log visit',
  logAt: (name: string) => `Log visit: ${name}`,
  navigate: 'Navigate',
  more: (name: string) => `More about ${name}`,
  open: 'Open the customer',
  moveUp: 'Earlier',
  moveDown: 'Later',
  next: 'Visit next',
  skip: 'Skip',
  again: 'Plan it again',
  remove: 'Take out',
  removed: (name: string) => `${name} is out of the plan`,
  skipped: (name: string) => `${name} is skipped`,
  skippedFor: (reason: string | null) => (reason ? `Skipped · ${reason}` : 'Skipped'),
  visited: (time: string, outcome: string) => `${time} · ${outcome}`,
  visitedOnly: 'Visited',
  waiting: 'Waiting on this phone',
  unknown: (type: string, id: number) => (type === 'lead' ? `Lead ${id}` : `Contact ${id}`),
  noPlace: 'no place on the map',
  due: (days: number) => (days === 0 ? 'due today' : `due since ${counted(days, 'day', 'days')}`),
  seen: (days: number) =>
    days === 0 ? 'seen today' : `last seen ${counted(days, 'day', 'days')} ago`,
  never: 'never visited',
  skipTitle: (name: string) => `Skip ${name}`,
  skipHelp: 'Why? Your manager sees it in the plan.',
  skipReasons: ['Closed', 'No time', 'Called instead', 'Nobody there'],
  otherReason: 'Another reason',
  skipIt: 'Skip the stop',
  addTitle: 'Add stops',
  search: 'Search your customers',
  dueFirst: 'Those who wait longest first',
  noneFound: 'None of the customers on this phone has such a name or address.',
  noneHere: 'There are no customers on this phone yet. They come once there is a network.',
  addSome: (some: number) => (some === 0 ? 'Choose some' : `Add ${stops(some)}`),
  added: (some: number) => `${stops(some)} added`,
  full: (most: number) => `A day has ${count(most)} stops at most.`,
} as const

export const waiting = {
  state: (waiting: number, refused: number) => {
    const needs = refused === 0 ? '' : `${count(refused)} ${refused === 1 ? 'needs' : 'need'} you`
    if (waiting === 0) return needs
    return needs === '' ? `${count(waiting)} waiting` : `${count(waiting)} waiting, ${needs}`
  },
  things: {
    visits: (value: number) => counted(value, 'visit', 'visits'),
    edits: (value: number) => counted(value, 'edit', 'edits'),
    requests: (value: number) => counted(value, 'review request', 'review requests'),
    plans: (value: number) => counted(value, 'plan', 'plans'),
    pins: (value: number) => counted(value, 'new pin', 'new pins'),
  },
  sending: (all: number) => `Sending ${count(all)}`,
  synced: (time: string) => `Synced ${time}`,
  fix: 'Fix',
  logged: (time: string, place: string) => `${time} · ${place}`,
  noLocation: 'no location',
  unknown: 'Customer',
} as const
