import { count, counted } from '../format.ts'

const visits = (value: number) => counted(value, 'visit', 'visits')

/** What the page of an import leads to: gaps, rejected items, conflicts, the comparison and its summary. */
export const importViews = {
  gaps: {
    title: 'Gaps',
    help: 'Parts of Sell’s lists that could not be proven complete. The next update or resume tries them again.',
    all: 'all of them',
    missing: (missing: number | null) =>
      missing === null ? 'unknown how many' : `at most ${count(missing)} missing`,
    none: 'There are no gaps',
    noneHelp: 'Every list that was read is proven complete.',
  },
  rejected: {
    title: 'Rejected items',
    help: 'What Sell sent and could not be understood. Nothing of it was imported; each is tried again whenever Sell sends it in another form.',
    download: 'Download all',
    downloading: 'Downloading',
    failed: 'The rejected items could not be loaded',
    more: 'Show more',
    none: 'Nothing was rejected',
    noneHelp: 'Everything that Sell sent was understood.',
    notKnown: (given: string, what: string) =>
      `Sell says “${given}”, which is not a ${what} that Doorstep knows.`,
    whats: { rep_location_verification_status: 'finding', resource_type: 'kind of customer' },
    value: 'value',
    asSent: 'As Sell sent it',
    capped: (shown: number) =>
      `The file has the first ${count(shown)}. ./doorstep import status --rejected prints all.`,
  },
  conflicts: {
    title: 'Conflicts',
    help: 'Each was changed here and in Sell. What is here stays until you decide. Taking Sell’s version is written to the visit’s history.',
    failed: 'The conflicts could not be loaded',
    keep: 'Keep ours',
    take: 'Take Sell’s',
    keepAll: (conflicts: number) => `Keep all ${count(conflicts)}`,
    takeAll: (conflicts: number) => `Take all ${count(conflicts)} from Sell`,
    kept: (conflicts: number) =>
      conflicts === 1 ? 'Version here kept' : `${count(conflicts)} versions here kept`,
    took: (conflicts: number) =>
      conflicts === 1 ? 'Sell’s version taken' : `${count(conflicts)} of Sell’s versions taken`,
    notSaved: (why: string) => `The decision was not saved. ${why}`,
    none: 'No conflicts wait for a decision',
    noneHelp: 'A visit that is changed both here and in Sell appears here.',
    more: 'Show more',
    field: 'Field',
    here: 'Here',
    sell: 'Sell',
    deleted: 'deleted',
    nothing: 'nothing',
    visit: (id: number) => `Visit ${id}`,
    hereDeleted: 'Deleted here, changed in Sell',
    sellDeleted: 'Changed here, deleted in Sell',
    fields: {
      creator_id: 'Rep',
      outcome_id: 'Outcome',
      rep_location_verification_status: 'Finding',
      resource_type: 'Kind of customer',
      resource_id: 'Customer',
      visited_at: 'Time',
      summary: 'Note',
      deleted: 'Visit',
    },
    kinds: { lead: 'Lead', contact: 'Contact' },
  },
  verification: {
    title: 'Compare both sides',
    verified: (name: string, when: string) => `${name}, compared ${when}`,
    none: 'Every visit is read from Sell again and compared field by field with the one here, and a sample is asked for one by one. The result is signed, so that nobody can change it unnoticed.',
    wait: 'This becomes possible when the import has finished or is in step.',
    running: 'Comparing every visit with Sell',
    runningHelp: (compared: number, expected: number) =>
      compared > 0 && compared >= expected
        ? `${visits(compared)} compared. Now a sample is asked for one by one. You can close this page.`
        : expected > 0
          ? `${count(compared)} of about ${visits(expected)} compared. You can close this page.`
          : 'Reading the first visits. You can close this page.',
    interrupted: 'The comparison was interrupted when the server stopped. Start it again.',
    failed: 'The comparison failed.',
    equal: (total: number, sample: number) =>
      `Every visit was read from Sell again. Both sides hold the same ${visits(total)}, each with the same content, and a sample of ${count(sample)} asked for one by one was equal too.`,
    unproven: (total: number) =>
      `Every visit that could be read out of Sell is here with the same content, ${visits(total)} in all. Some of Sell’s lists could not be proven complete.`,
    different: (differences: number) =>
      `${visits(differences)} ${differences === 1 ? 'differs' : 'differ'} between the two sides.`,
    withRejected: 'Rejected visits are among them: they are only in Sell.',
    whileWorking:
      'Visits that changed in Sell during the comparison count as well: stop working there, and verify again.',
    summary: 'Signed summary',
    download: 'Download',
    print: 'Print',
    signed: 'signed with this server’s key.',
    changedHere: (changed: number) => `Changed here on purpose: ${count(changed)}.`,
    openConflicts: (conflicts: number) => `Open conflicts: ${count(conflicts)}.`,
    copyKey: 'Copy the public key',
    keyCopied: 'Public key copied',
    sides: { sell: 'Sell', here: 'Doorstep' },
    side: 'Side',
    comparison: 'Comparison',
    equalMark: 'equal',
    differentMark: 'differs',
    groups: {
      creator: 'by person',
      outcome: 'by outcome',
      status: 'by finding',
      month: 'by month',
    },
    groupCount: {
      creator: (value: number) => counted(value, 'person', 'people'),
      outcome: (value: number) => counted(value, 'outcome', 'outcomes'),
      status: (value: number) => counted(value, 'finding', 'findings'),
      month: (value: number) => counted(value, 'month', 'months'),
    },
    visits: 'Visits',
    checksum: 'Checksum',
    dialog: 'Compare with Sell',
    dialogHelp: 'It changes nothing, here or in Sell. It takes about as long as the import did.',
  },
  summary: {
    title: 'Signed summary',
    failed: 'The summary could not be loaded',
    none: 'There is no summary yet',
    noneHelp: 'Compare both sides first: Verify, on the page of the import.',
    results: {
      equal: 'Both sides are equal',
      unproven: 'Equal, as far as both sides could be read',
      different: 'The two sides differ',
    },
    account: 'Account',
    source: 'Read from',
    madeBy: 'Made by',
    period: 'Compared',
    requests: 'Requests',
    sample: 'Sample, one by one',
    differences: 'Differences',
    kinds: { only_in_sell: 'only in Sell', only_here: 'only here', differs: 'differs in' },
    checksums: 'Checksums',
    key: 'Public key (Ed25519, DER in base64)',
    signature: 'Signature',
    check:
      'Whoever has the file and the public key checks it with ./doorstep import verify --check FILE --public-key KEY.',
    name: 'Name',
    noOutcome: 'Without outcome',
    restsOn: 'Rests on',
  },
  others: {
    title: 'Other imports',
    about: 'from another address of Sell',
    show: (address: string) => `Show the import from ${address}`,
  },
} as const
