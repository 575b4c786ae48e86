import { accuracy, counted, metres } from '../format.ts'

/** Logging a visit. */
export const log = {
  close: 'Close',
  change: 'Change',
  draft: (name: string) => `Draft for ${name}`,
  draftHelp: 'Begun, and not logged yet',
  never: 'Never visited',
  lastVisit: (when: string) => `Last\u00a0visit\u00a0${when}`,
  map: 'Where you are, and the customer',
  where: {
    desk: () => 'Logged at the desk, without a place',
    declined: () => 'Without your location',
    off: () => 'Location is off for Doorstep',
    none: () => 'Your phone does not know its place',
    looking: () => 'Looking for where you are',
    settling: (m: number | null) => (m === null ? 'Settling' : `About ${metres(m)}`),
    unplaced: () => 'This customer has no pin',
    weak: () => 'Signal too weak',
    rough: () => 'Signal too weak',
    edge: (m: number | null) => `At the edge · ${metres(m ?? 0)}`,
    far: (m: number | null) => `${metres(m ?? 0)} from the address`,
    verified: (m: number | null) => `At the customer · ${metres(m ?? 0)}`,
  },
  sure: accuracy,
  outcome: 'How did it go?',
  moreOutcomes: (count: number) => `${count} more`,
  outcomeNeeded: 'Choose how it went',
  noOutcomes: 'Outcomes are not on this phone yet. The visit can be logged without one.',
  note: 'Note',
  noteLong: (over: number) =>
    `The note is ${counted(over, 'character', 'characters')} too long. Shorten it to log the visit.`,
  chosen: (outcome: string, hasNote: boolean) =>
    hasNote ? `${outcome}, with a note` : `${outcome}, without a note`,
  changeChosen: 'Change outcome or note',
  save: {
    desk: () => 'Log visit',
    declined: () => 'Log visit, without location',
    off: () => 'Log visit, location off',
    none: () => 'Log visit, place not known',
    looking: () => 'Log visit',
    settling: () => 'Log visit',
    unplaced: () => 'Log visit, no pin',
    weak: () => 'Log visit, place not certain',
    rough: () => 'Log visit, place not certain',
    edge: () => 'Log visit, at the edge',
    far: (m: number | null) => `Log visit, ${metres(m ?? 0)} away`,
    verified: () => 'Log visit',
  },
  notSaved:
    'This browser refused to keep the visit. What you typed is still here: free some space, or ' +
    'leave private browsing, and log it again.',
  notSecure: {
    title: 'Visits are logged over HTTPS',
    help:
      'This page was opened without HTTPS, where a browser gives no location and cannot store a visit ' +
      'safely. Open it by its https address, or ask whoever runs this server.',
  },
  outdated:
    'A newer version of Doorstep runs in another tab, and this one stores nothing. Reload the page to ' +
    'log the visit.',
  inPage:
    'This browser stores nothing, as in private browsing. Keep this page open until the visit is sent.',
  waitsInPage: 'Waits in this page',
  logged: 'Logged',
  onPhone: 'Saved on this phone',
  undone: 'Taken back',
  notUndone: 'It was sent already. Open it in Visits to change it.',
  help: {
    far: 'You can log it. Why is it far?',
    reasons: { elsewhere: 'Met elsewhere', branch: 'Branch', other: 'Other' },
    weak: (m: number) =>
      `Your phone knows its place only to within ${metres(m)}. That cannot show whether you are ` +
      'at the door.',
    edge: (m: number, radius: number, sure: number) =>
      `You are ${metres(m)} away, sure to ${accuracy(sure)}. The radius is ${metres(radius)}, so ` +
      'you may be inside or outside it.',
    none: 'Your phone cannot find out where it is. Near a window or outside it may.',
    unplaced: (name: string) =>
      `Nobody has put ${name} on the map, so there is nothing to compare your place with.`,
    declined: 'The visit is logged with “location off”, which your manager sees.',
    explain: 'Use my location after all',
    explainWhy: 'What is sent, and who sees it',
    pin: 'The pin is wrong',
    pinWhy: 'Show where it is. Your manager decides.',
    noPin: 'Show where it is',
    noPinWhy: 'Put the pin at the door. Your manager decides.',
    other: 'It was another customer',
    otherWhy: (name: string, m: number) => `${name} is ${metres(m)} from you`,
    otherSearch: 'Look for it in your list',
    again: 'Look for me again',
    againWhy: 'Step outside, away from walls',
    precise: 'Precise location may be off',
    preciseWhy: {
      iphone: 'How to turn it on for this iPhone',
      android: 'How to turn it on for this phone',
      other: 'How to turn it on for this browser',
    },
  },
  steps: {
    title: {
      iphone: 'Turn it on for this iPhone',
      android: 'Turn it on for this phone',
      other: 'Turn it on for this browser',
    },
    asItIs: 'You can also log the visit as it is.',
    switch: { iphone: 'Not an iPhone?', android: 'Not an Android phone?', other: 'On an iPhone?' },
    off: {
      iphone: [
        'Open **Settings**, then **Privacy & Security**, **Location Services**. It must be on.',
        'Further down, tap **Safari Websites** and choose **While Using the App**.',
        'Come back here. Doorstep looks again.',
      ],
      android: [
        'Pull down from the top and see that **Location** is on.',
        'Tap the sign left of the address, then **Permissions**, **Location**, **Allow**. ' +
          'Installed: hold the icon, **App info**, **Permissions**, **Location**.',
        'Come back here. Doorstep looks again.',
      ],
      other: [
        'Click the sign left of the address.',
        'Set **Location** to **Allow**.',
        'Come back here. Doorstep looks again.',
      ],
    },
    rough: {
      iphone: [
        'Open **Settings**, then **Privacy & Security**, **Location Services**.',
        'Tap **Safari Websites** and turn on **Precise Location**.',
        'Come back here. Doorstep looks again.',
      ],
      android: [
        'Open **Settings**, then **Apps**, your browser, **Permissions**, **Location**.',
        'Turn on **Use precise location**.',
        'Come back here. Doorstep looks again.',
      ],
      other: [
        'A computer without satellites is placed by its network, which is rough.',
        'Log the visit on your phone, or as it is.',
      ],
    },
  },
  choose: {
    title: 'Whom did you visit?',
    near: 'The nearest first',
    gone: 'This customer is not on this phone, or is there no more. Choose another.',
    looking: 'Looking for where you are',
    search: 'Search customers',
    empty: 'No customers are on this phone yet',
    emptyOffline: 'They come when there is a network.',
    emptyHelp: 'Customers that you own, and those within 50 km, appear here.',
    none: (typed: string) => `Nobody here is called “${typed}”`,
    more: 'Type a name to find others.',
  },
  fix: {
    title: (time: string) => `Logged at ${time}`,
    stays: 'Time, place and note stay.',
    save: 'Send it again',
    gone: 'This visit is no longer on this phone',
    goneHelp: 'It was sent or discarded in another tab.',
    back: 'To the outbox',
    sent: 'It is being sent again',
  },
  pin: {
    title: 'Where is the door?',
    help: (name: string) => `Drag the pin of ${name}.`,
    label: 'New pin. Arrow keys move it, with Shift farther.',
    here: 'Put it where I am',
    fresh: 'New pin',
    saved: 'Saved pin',
    dragMe: 'Drag me',
    fromYou: (m: number) => `${metres(m)} from you`,
    fromSaved: (m: number) => `${metres(m)} from the saved pin`,
    none: 'None',
    unknown: 'Distance not known',
    note: 'Note',
    noteAside: 'if it helps',
    nothingChanges: (who: string | undefined) =>
      `Nothing changes until ${who ?? 'your manager'} agrees.`,
    propose: (who: string | undefined) => `Propose to ${who ?? 'your manager'}`,
    proposed: 'Proposed',
    failed: 'The pin was not proposed. Try again.',
    offline: 'Proposed as soon as there is a network',
  },
} as const
