/**
 * By layer: nouns of the contract that have no file of their name there, and the file that holds
 * them instead, or why there is none.
 */
export const nounExceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'client/src': {
    setup: 'sessions.ts',
    'verification-previews': 'settings.ts',
    'visit-exports': 'visits.ts',
    'visit-history': 'visits.ts',
    'visit-reviews': 'visits.ts',
  },
  'server/src/domain': {
    'app-info': 'is told by the handler from the settings of the server',
    grants: 'oauth.ts',
    invitations: 'one-time-codes.ts',
    'oauth-clients': 'oauth.ts',
    setup: 'one-time-codes.ts',
    stream: 'visit-events.ts',
    unplaced: 'geocoding.ts',
    'verification-previews': 'are the business of a rule alone',
    'visit-exports': 'is a read of visits in another format',
  },
  'server/src/http': {
    'visit-exports': 'exports/exports.ts',
  },
  'server/src/storage': {
    'app-info': 'has no rows',
    contacts: 'records/records.ts',
    'file-imports': 'imports/imports.ts',
    invitations: 'people/one-time-codes.ts',
    leads: 'records/records.ts',
    maps: 'columns/visit-map.ts',
    settings: 'accounts.ts',
    setup: 'people/one-time-codes.ts',
    stream: 'events.ts',
    'verification-previews': 'has no rows',
    'visit-exports': 'has no rows',
  },
  'web/src/api': {
    accounts: 'are read with the session, in web/src/session and web/src/offline',
    contacts: 'customers.ts',
    'custom-fields': 'are on no screen as a list: records bring their values',
    demo: 'is only written',
    labels: 'are on no screen as a list: records bring their tags',
    leads: 'customers.ts',
    plans: 'are read from what the phone holds, in web/src/offline',
    search: 'is read where it is shown, in web/src/commands and web/src/addresses',
    setup: 'is only written',
    stream: 'live.ts',
    'visit-exports': 'are links',
  },
}
