import { count, counted } from '../format.ts'

export const myVisits = {
  title: 'Visits',
  thisMonth: (visits: number) => `${count(visits)} this month`,
  days: 'Days',
  day: (day: string, visits: number) => `${day}: ${counted(visits, 'visit', 'visits')}`,
  filter: 'By finding',
  all: 'All',
  today: 'Today',
  yesterday: 'Yesterday',
  waiting: 'On this phone',
  none: {
    title: 'No visits in these 7 days',
    help: 'Those that you log appear here, with what was found of each.',
    action: 'Log visit',
  },
  noneSo: {
    title: 'None of these visits',
    help: 'In these 7 days no visit has this finding.',
    action: 'All visits',
  },
  earlier: 'The 7 days before',
  later: 'Back to today',
  failed: 'Your visits could not be loaded',
  when: (outcome: string, day: string, time: string) => `${outcome} · ${day} at ${time}`,
  same: (manager: string) => `${manager} reads this same sentence.`,
  keptUntil: (day: string) => `Exact place stored until ${day}`,
  removed: 'The exact place is gone. Distance and finding stay.',
  more: 'More',
  edit: 'Edit outcome and note',
  openCustomer: 'Open the customer',
  editTitle: 'Edit visit',
  outcome: 'Outcome',
  note: 'Note',
  save: 'Save',
  saved: 'Saved',
  notSent: (isInPage: boolean) =>
    `Your change waits ${isInPage ? 'in this page' : 'on this phone'} until there is a network.`,
  refused: (problem: string) => `The server did not take your change: ${problem}`,
  askWaits: (isInPage: boolean) =>
    `The request waits ${isInPage ? 'in this page' : 'on this phone'} until there is a network.`,
  asked: (manager: string | null) =>
    manager === null ? 'Review asked' : `${manager} will look at it`,
  kept: (name: string) => `${name} looked at it and keeps it`,
  dismissed: (name: string) => `${name} looked at it and dismissed it`,
} as const
