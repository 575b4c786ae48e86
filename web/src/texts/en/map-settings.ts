export const mapSettings = {
  about: 'What lies beneath the pins.',
  failed: 'The settings could not be loaded',
  inUse: 'In use',
  kinds: {
    bundled: {
      name: 'The map that Doorstep brings',
      help: 'The whole world down to towns, without the internet. It has no streets: close up it shows paper, a grid in metres and a scale.',
    },
    file: {
      name: 'A file of your own',
      help: 'It lies in the server’s data folder. Nobody else is asked for anything.',
    },
    style: {
      name: 'A style elsewhere',
      help: 'The browser of everybody who looks at the map asks that server for it.',
    },
  },
  address: 'Address of the style',
  credits: 'Attribution',
  creditsHelp: 'Stands in the corner of each map, as the licences of map data ask for.',
  noCredits: 'what the style says itself',
  elsewhere: 'Streets by a style elsewhere',
  elsewhereHelp:
    'Any server of MapLibre styles, your own or one that you pay for. It learns which part of the map somebody looks at, never who visits whom.',
  styleUrl: 'Address of a MapLibre style',
  styleHint: 'Empty: the file on the server, or else the map that Doorstep brings.',
  example: 'https://maps.example.com/style.json',
  creditsExample: '© OpenStreetMap contributors',
  creditsHint: 'Empty: what the style says itself.',
  wrongUrl: 'An address that begins with https:// or http://',
  asks: (host: string) => `Browsers ask ${host} for the map.`,
  back: 'Go back to the own map',
  change: 'Another map for everybody',
  changeHelp: 'The page loads again, and browsers then ask that server.',
  changeBack: 'The server’s own map again',
  changeBackHelp: 'The page loads again. Nobody else is asked any more.',
  files: 'Streets without anybody else',
  filesAbout: 'for whoever runs the server',
  ways: [
    {
      name: 'Cut out your country',
      help: 'With the program pmtiles, out of the daily build of OpenStreetMap by Protomaps. Give its date, such as 20261101, and west, south, east and north.',
      code: 'pmtiles extract https://build.protomaps.com/DATE.pmtiles map.pmtiles \\\n  --bbox=-9.6,36.9,-6.1,42.2',
    },
    {
      name: 'Put it into the data folder',
      help: 'As map.pmtiles or map.mbtiles. It is found within a second, without a restart. A file that cannot be shown is named in the server’s log with the reason.',
      code: 'mv map.pmtiles data/',
    },
  ],
  unreachable:
    'The map has not answered yet. Until it does, screens show paper with a grid, and pins.',
} as const
