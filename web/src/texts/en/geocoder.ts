export const geocoder = {
  about: 'What turns addresses into places on the map.',
  failed: 'The settings could not be loaded',
  adminsOnly: 'Only whoever runs the server can change this, and only admins see which one it is.',
  none: 'There is no geocoder. Addresses without a place stay so until somebody drops a pin, or whoever runs the server sets one up as below.',
  inUse: 'In use',
  service: 'Service',
  serviceHelp:
    'It is asked in the background, as often in a second as the server’s settings allow.',
  key: 'Key',
  keyHelp: 'It is read from the environment, is stored nowhere else, and is never shown.',
  hasKey: 'has one',
  noKey: 'none',
  progress: 'Customers without an exact place',
  progressAbout: 'at these, no visit can be verified',
  progressFailed: 'They could not be counted',
  allPlaced: 'Every customer whom you see has an exact place.',
  atLeast: (count: string) => `${count} or more`,
  /** A link read aloud: how many customers have no exact place for this reason. */
  countOf: (reason: string, count: string) => `${reason}: ${count}`,
  /** In place of “Being looked up”, where nothing looks addresses up. */
  stuck: 'Waiting for a geocoder',
  waitsInVain: 'There is no geocoder that could place them.',
  reasons: {
    waiting: { name: 'Being looked up', help: 'Their address is placed in the background.' },
    unavailable: {
      name: 'No answer',
      help: 'The service was not reached. They are tried again, at longer and longer intervals.',
    },
    not_found: { name: 'Not found', help: 'The service knows no such address.' },
    address_imprecise: {
      name: 'Too vague',
      help: 'The service knows the street, the postcode or the city, not the house.',
    },
    refused: {
      name: 'Refused',
      help: 'The service did not accept the request, such as for its key.',
    },
    address_missing: { name: 'No address', help: 'There is nothing to look for.' },
  },
  how: 'Services',
  howAbout: 'for whoever runs the server',
  services: {
    nominatim: {
      name: 'Nominatim',
      help: 'OpenStreetMap. The public one takes one request a second and no large amounts; your own takes any.',
      code: 'GEOCODER=nominatim',
    },
    photon: {
      name: 'Photon',
      help: 'OpenStreetMap too, forgiving with spelling. Best as your own.',
      code: 'GEOCODER=photon GEOCODER_URL=…',
    },
    pelias: {
      name: 'Pelias',
      help: 'Your own, or geocode.earth with a key.',
      code: 'GEOCODER=pelias GEOCODER_KEY=…',
    },
    google: {
      name: 'Google',
      help: 'Needs a key and is paid for by request. Mind its terms about keeping places.',
      code: 'GEOCODER=google GEOCODER_KEY=…',
    },
  },
  present: 'in use',
  restart: 'Each has a flag as well, such as --geocoder. The server reads them when it starts.',
  addresses: 'Addresses',
  addressesHelp: ' has them one by one, with the reason and a pin to drop.',
} as const
