import { count, counted, metres } from '../format.ts'

export const review = {
  keep: 'Keep finding',
  keepShort: 'Keep all',
  keepAll: 'Keep findings',
  dismiss: 'Dismiss',
  done: (state: 'kept' | 'dismissed', value: number) => {
    const findings = value === 1 ? 'Finding' : counted(value, 'finding', 'findings')
    return `${findings} ${state}`
  },
  failed: (why: string) => `The review was not saved. ${why}`,
  selected: (value: number) => `${value} selected`,
  notReviewable: 'Nothing selected waits for your review',
  kinds: 'Why they wait',
  all: 'All',
  kindNames: {
    too_far: 'Too far',
    borderline: 'At the edge',
    flagged: 'Flagged',
    pins: 'Pins proposed',
  },
  done0: 'Nothing waits for a review',
  done0Help: 'Visits that are too far, at the edge of the radius or flagged appear here.',
  more: 'Show more',
  position: (number: number, total: number) => `${count(number)} of ${count(total)}`,
  reviewed: 'Reviewed in the last 30 days',
  states: { kept: 'Kept', dismissed: 'Dismissed' },
  rate: 'of the visits that could be judged were verified.',
  last30: 'Last 30 days',
  customer: 'This customer',
  allVisits: 'All visits here',
  meaning: 'What keeping does',
  meaningHelp:
    'Keep and Dismiss write down who looked and what they think. The finding stays as it was judged. Only a new pin judges visits again.',
  pins: 'Proposed pins',
  pins0: 'No proposed pin waits for you',
  pins0Help: 'Where reps say that a customer is elsewhere, their proposals appear here.',
  pinsFailed: 'The proposed pins could not be loaded',
  pinBy: (name: string, m: number | null) =>
    m === null
      ? `${name} says where it is. It has no pin yet.`
      : `${name} says that it is ${metres(m)} from the saved pin.`,
  approve: 'Approve',
  reject: 'Reject',
  pinDone: (isApproved: boolean, name: string) =>
    `Pin of ${name} ${isApproved ? 'approved' : 'rejected'}`,
  pinFailed: (why: string) => `The decision was not saved. ${why}`,
  approving: 'What approving does',
  approvingHelp:
    'The pin moves, and the visits there are judged again: each keeps its old finding in its history.',
  clear: 'Clear',
  note: 'Note to the review',
  notePlaceholder: 'Add a note to the review',
} as const
