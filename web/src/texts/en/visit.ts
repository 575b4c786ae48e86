import { accuracy, metres } from '../format.ts'

/** What was measured, as far as it is known. */
interface Measured {
  /** The first name of whoever made the visit; null: the reader. */
  readonly who: string | null
  readonly distanceM: number | null
  readonly accuracyM: number | null
  readonly radiusM: number
  readonly fixAge: string | null
}

const phoneOf = (who: string | null) => (who === null ? 'Your phone' : `${who}’s phone`)
const away = (m: number | null) => (m === null ? 'at an unknown distance' : `${metres(m)} away`)
const sure = (m: number | null) => (m === null ? 'an unknown accuracy' : accuracy(m))

/** Title and sentence of each reason of a verdict; the rep reads the same as the manager. */
const verdicts = {
  within_radius: {
    title: 'At the customer.',
    say: ({ who, distanceM, accuracyM, radiusM }: Measured) =>
      `${phoneOf(who)} was ${away(distanceM)} and sure to ${sure(accuracyM)}, so it was inside the ${metres(radiusM)} radius.`,
  },
  outside_radius: {
    title: 'Too far from the saved address.',
    say: ({ who, distanceM, accuracyM, radiusM }: Measured) =>
      `${phoneOf(who)} was ${away(distanceM)} and sure to ${sure(accuracyM)}, so it was outside the ${metres(radiusM)} radius.`,
  },
  borderline: {
    title: 'At the edge of the radius.',
    say: ({ who, distanceM, accuracyM, radiusM }: Measured) =>
      `${phoneOf(who)} was ${away(distanceM)} and sure only to ${sure(accuracyM)}, so it may have been inside the ${metres(radiusM)} radius or outside.`,
  },
  inaccurate_fix: {
    title: 'The location was not exact enough.',
    say: ({ who, accuracyM, radiusM }: Measured) =>
      `${phoneOf(who)} was sure only to ${sure(accuracyM)}, which cannot tell inside the ${metres(radiusM)} radius from outside.`,
  },
  stale_fix: {
    title: 'The location was too old.',
    say: ({ fixAge }: Measured) =>
      `It was ${fixAge ?? 'some time'} from the moment when the visit was logged, so it says little about that moment.`,
  },
  no_fix: {
    title: 'No location.',
    say: ({ who }: Measured) => `${phoneOf(who)} could not find out where it was.`,
  },
  invalid_fix: {
    title: 'No usable location.',
    say: ({ who }: Measured) => `${phoneOf(who)} sent a location without a place or an accuracy.`,
  },
  mock_location: {
    title: 'Made up by an app.',
    say: ({ who }: Measured) => `${phoneOf(who)} says that an app made the location up.`,
  },
  not_on_device: {
    title: 'Not logged on a phone.',
    say: () => 'So nothing is known of where the visit was made.',
  },
  address_missing: {
    title: 'The customer has no place on the map.',
    say: () => 'There was nothing to compare the phone’s location with.',
  },
  address_imprecise: {
    title: 'The customer’s address is not exact.',
    say: () => 'Its place is known only by street, postcode or city.',
  },
  permission_denied: {
    title: 'Location off.',
    say: ({ who }: Measured) => `${phoneOf(who)} did not allow its location to be read.`,
  },
  switched_off: {
    title: 'Location off.',
    say: ({ who }: Measured) =>
      who === null
        ? 'You have switched off that your location is shared.'
        : `${who} has switched off that the location is shared.`,
  },
} as const

export const visit = {
  number: (id: string) => `Visit ${id}`,
  close: 'Close',
  openPage: 'Open as a page',
  copyLink: 'Copy link',
  next: 'Next and previous visit',
  back: 'Visits',
  when: (day: string, time: string) => `${day} at ${time}`,
  today: 'today',
  yesterday: 'yesterday',
  verdicts,
  elsewhere: {
    title: 'Judged elsewhere.',
    say: 'The finding came with an import, and its evidence did not.',
  },
  removed: (days: number) =>
    `The exact place was removed after ${days} days. The distance and the finding stay.`,
  miniMap: {
    pin: 'Saved address',
    pinWith: (radius: string) => `Saved address · ${radius}`,
    phone: 'Phone',
    phoneWith: (sureTo: string) => `Phone · ${sureTo}`,
    said: (radiusM: number | null, distanceM: number | null, accuracyM: number | null) =>
      [
        'Map of the saved address',
        radiusM === null ? undefined : `with a radius of ${metres(radiusM)}`,
        distanceM === null ? undefined : `and the phone ${metres(distanceM)} away`,
        accuracyM === null ? undefined : `sure to ${accuracy(accuracyM)}`,
      ]
        .filter(Boolean)
        .join(' '),
  },
  evidence: {
    distance: 'Distance',
    radius: 'Radius',
    accuracy: 'Accuracy',
    fixAge: 'Fix age',
    address: 'Address',
    flags: 'Flags',
    none: 'None',
    unknown: '–',
    precisions: {
      pin: 'Pin',
      rooftop: 'Exact',
      interpolated: 'Interpolated',
      street: 'Street',
      postcode: 'Postcode',
      city: 'City',
    },
  },
  note: 'Note',
  noNote: 'No note',
  history: {
    name: 'History',
    logged: 'Logged',
    imported: 'Imported',
    by: (name: string) => `by ${name}`,
    changed: 'Changed',
    judged: (finding: string, ruleset: string) => `Judged: ${finding}, rule set ${ruleset}`,
    earlier: (finding: string) => `Before: ${finding}`,
    review: { asked: 'Review asked', kept: 'Kept', dismissed: 'Dismissed' },
    expired: (count: number) => `${count} earlier changes are no longer stored`,
    fields: {
      outcome: 'outcome',
      summary: 'note',
      visited_at: 'time',
      rep_location_verification_status: 'finding',
      sales_rep_location: 'exact place removed or judged again',
    },
  },
  reviewed: (state: 'kept' | 'dismissed', name: string) =>
    state === 'kept' ? `Kept by ${name}` : `Dismissed by ${name}`,
  somebody: 'somebody',
  opinion: 'Keep and Dismiss record an opinion. The finding stays as it is.',
  ask: 'Ask for review',
  asked: 'Your manager will look at it',
  missing: {
    title: 'There is no such visit',
    help: 'It was deleted, or it is not among those that you see.',
    action: 'All visits',
  },
  notAsked: 'The review was not asked for. Try again.',
  failed: 'The visit could not be loaded',
} as const
