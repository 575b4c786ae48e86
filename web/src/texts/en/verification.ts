import { count, counted } from '../format.ts'

export const verification = {
  about: 'When a visit counts as made at the customer.',
  title: 'How near is near enough',
  help: 'The phone must be this close to the saved place. Doubt counts in the rep’s favour.',
  radius: 'Radius',
  inMetres: 'Radius in metres',
  m: 'm',
  bounds: (least: string, most: string) => `${least} to ${most} m`,
  now: (radius: string) => `${radius} now`,
  wouldChange: (judged: string) => `of the last ${judged} findings would have changed`,
  allStay: 'All stay as they are.',
  stay: (share: string, rest: string) => `${share}. ${rest} stay as they are.`,
  nothingJudged:
    'No visit that was logged here has been judged yet. Once some are, you see here what another radius would have changed.',
  drawn: (present: string, wanted: string) =>
    `The last findings over one pin, with a radius of ${present} now and ${wanted} then`,
  caption: (judged: number, withoutPlace: number) =>
    [
      `The last ${counted(judged, 'judged visit', 'judged visits')}, laid over one pin. The strong dots would change.`,
      withoutPlace === 0
        ? undefined
        : `The exact place of ${count(withoutPlace)} was deleted: only their distance is known.`,
    ]
      .filter(Boolean)
      .join(' '),
  examples: 'Examples',
  all: (visits: string) => `All ${visits}`,
  newest: (visits: string) => `The newest ${visits}`,
  own: 'Own radius',
  ownHelp:
    'A customer may have a radius of its own, such as a market or a building site. It stays as it is.',
  change: (before: string, then: string) => `Radius ${before} to ${then}`,
  wrong: 'This is not a radius',
  changeHelp: 'Only visits from now on are judged by it. Earlier findings stay.',
  saved: (radius: string) => `The radius is ${radius} from now on`,
  failed: 'The settings could not be loaded',
  previewFailed: 'What would change could not be worked out',
  adminsOnly: 'Only admins can change this. You see what holds for everybody.',
} as const
