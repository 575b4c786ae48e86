import { counted, metres } from '../format.ts'

const customers = (count: number) => counted(count, 'customer', 'customers')
const visits = (count: number) => counted(count, 'visit', 'visits')

export const addresses = {
  title: 'Addresses to fix',
  tabs: 'Why they need somebody',
  all: 'All',
  more: (count: string) => `${count}+`,
  summary: (count: string, isOne: boolean) =>
    isOne
      ? `${count} customer has no exact place, so no visit there can be verified.`
      : `${count} customers have no exact place, so no visit there can be verified.`,
  proposed: (count: number) =>
    `${counted(count, 'pin proposed by a rep', 'pins proposed by reps')}: review`,
  names: {
    elsewhere: 'Visits happen elsewhere',
    not_found: 'Not found',
    address_missing: 'No address',
    address_imprecise: 'Too vague',
    refused: 'Refused',
    unavailable: 'No answer',
    waiting: 'Being looked up',
  },
  helps: {
    elsewhere: 'Three or more accurate visits lie together, away from the saved pin.',
    not_found: 'The geocoder knows no such address.',
    address_missing: 'The record has none.',
    address_imprecise: 'Known only by street, city or postcode, so a visit can never be verified.',
    refused: 'The geocoder does not accept the requests. Its key may be wrong or used up.',
    unavailable: 'The geocoder did not answer. It is asked again by itself for a while.',
    waiting: 'New or changed lately. There is nothing to do.',
  },
  noGeocoder: 'No geocoder is set up, so these stay without a place.',
  showAll: (count: string) => `Show all ${count}`,
  fixes: {
    compare: 'Compare',
    edit: 'Edit address',
    pin: 'Drop pin',
    ask: 'Ask again',
    none: 'Nothing to do',
  },
  /** What a button of a row does, read aloud. */
  fixOf: (fix: string, name: string) => `${fix}: ${name}`,
  evidence: {
    elsewhere: (count: number, m: number) => `${visits(count)}, ${metres(m)} away`,
    not_found: 'No match',
    address_missing: 'No street, no city',
    address_imprecise: 'Not exact',
    precisions: { street: 'Street only', postcode: 'Postcode only', city: 'City only' },
    refused: 'Not accepted',
    unavailable: 'No answer yet',
    waiting: 'Waits for the geocoder',
    stuck: 'Nothing looks it up',
  },
  noAddress: 'No street, no city',
  noName: 'Without a name',
  askAll: 'Ask the geocoder again',
  asked: (count: number) =>
    count === 0 ? 'Nothing waits for the geocoder' : `Asking again about ${customers(count)}`,
  askFailed: (why: string) => `The geocoder was not asked. ${why}`,
  setUp: 'Set up a geocoder',
  noGeocoderAdmin: 'No geocoder is set up: addresses get a place only by hand.',
  noGeocoderOther:
    'No geocoder is set up, so addresses get a place only by hand. An admin can set one up.',
  empty: 'No address needs fixing',
  emptyHelp:
    'Customers without an exact place appear here, and those whose visits happen elsewhere.',
  emptyTab: 'None is left here',
  emptyTabHelp: 'There are still others to fix.',
  showOthers: 'Show the others',
  customers: 'See the customers',
  failed: 'The addresses could not be loaded',
  team: 'Team',
  owner: 'Owner',
  list: 'Customers to fix',
  back: 'Back to the list',
  editKey: 'Edit the address',
  nextKeys: 'Next and previous',
  open: 'Open the customer',
  unowned: 'Nobody owns it',
  sentences: {
    not_found:
      'The geocoder knows no such address. Correct it, or drop the pin where the customer is.',
    address_missing:
      'The record has no address. Write it down, or drop the pin where the customer is.',
    address_imprecise:
      'The address leads to no door, so no visit can be verified. Drop the pin where the customer is.',
    refused: (detail: string | null) =>
      `The geocoder did not accept the request${detail === null ? '' : ` (${detail})`}.`,
    unavailable: (detail: string | null) =>
      `The geocoder did not answer${detail === null ? '' : ` (${detail})`}. It is asked again by itself for a while.`,
    waiting: 'The geocoder will be asked soon. There is nothing to do, unless you know better.',
    stuck: 'No geocoder is set up. Drop the pin where the customer is.',
  },
  visitsWait: (count: number) =>
    count === 1
      ? '1 visit there could not be judged.'
      : `${visits(count)} there, none of which can be judged exactly.`,
  ways: 'How to fix it',
  way: { address: 'Address', pin: 'Pin on the map' },
  parts: {
    line1: 'Street and number',
    postal_code: 'Postcode',
    city: 'City',
    state: 'State',
    country: 'Country',
  },
  save: 'Save address',
  saved: (name: string) => `Address of ${name} saved`,
  savedHelp: (hasGeocoder: boolean) =>
    [
      hasGeocoder ? 'It is looked up next.' : 'No geocoder is set up, so set a pin to place it.',
      'A pin that somebody set stays where it is.',
    ].join(' '),
  saveFailed: 'The address was not saved. Try again.',
  undoFailed: (why: string) => `The address was not put back. ${why}`,
  mayNotEdit: 'Only the owner, their managers and admins change the address.',
  pinName: 'Pin. Arrow keys move it, with Shift farther',
  coordinates: 'Coordinates',
  coordinatesHint: 'Latitude, longitude',
  coordinatesProblem: 'Write latitude and longitude, such as 38.7071, -9.1355.',
  dropHelp: 'Drag the pin to the door, click on the map, use the arrow keys, or type coordinates.',
  dropHelpPhone: 'Drag the pin to the door, tap the map, or type coordinates.',
  clickHelp: 'Click on the map where the customer is, or type coordinates.',
  usePin: 'Use this pin',
  proposePin: 'Propose this pin',
  proposeHelp: 'Nothing changes until a manager or an admin agrees.',
  judgedHelp: 'Visits there are judged again.',
  moved: (m: number) => `${metres(m)} from the saved pin`,
  proposedPin: (name: string) => `Pin of ${name} proposed`,
  pinned: (name: string) => `Pin of ${name} set`,
  kept: (name: string) => `Saved pin of ${name} kept`,
  pinFailed: (name: string, why: string) => `The pin of ${name} was not saved. ${why}`,
  keepPin: 'Keep the saved pin',
  drag: 'Drag it myself',
  backToCompare: 'Compare again',
  now: 'Now',
  after: 'After',
  nowTooFar: (count: number) => `${visits(count)} too far`,
  afterInside: (inside: number, of: number) =>
    inside === of
      ? `${visits(of)} judged again, all inside the radius`
      : `${inside} of ${visits(of)} inside the radius`,
  savedPin: (m: number) => `Saved pin · ${metres(m)}`,
  oldPin: 'Old pin',
  newPin: (count: number, m: number) =>
    count === 0 ? 'New pin' : `New pin, ${visits(count)} within ${metres(m)}`,
  mapNow: (count: number, m: number) => `The saved pin, and ${visits(count)} ${metres(m)} away`,
  mapAfter: (count: number, hasOld: boolean) =>
    [
      count === 0 ? 'The new pin' : `The new pin among ${visits(count)}`,
      hasOld ? ', and the old one' : '',
    ].join(''),
  happen: (m: number) => `Visits happen ${metres(m)} away.`,
  happenHow: (count: number, who: string, since: string, withinM: number, sureM: string) =>
    `${visits(count)} by ${who} since ${since} lie within ${metres(withinM)}, each sure to ${sureM} or better.`,
  happenOnly: (count: number) => `${visits(count)} lie together there.`,
  and: (names: readonly string[]) =>
    names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
  others: (names: readonly string[], more: number) =>
    `${names.join(', ')} and ${counted(more, 'other', 'others')}`,
  wouldBe: 'then',
} as const
