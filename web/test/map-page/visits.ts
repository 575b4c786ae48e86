import type { MapOutcome } from '../../src/map/pins.ts'
import type { VisitMap } from '../../src/map/visit-layers.ts'

export const outcomes: readonly MapOutcome[] = [
  { id: 1, colour: '#186e68', icon: 'thumbs-up' },
  { id: 2, colour: '#2e95ff', icon: 'handshake' },
  { id: 3, colour: '#c07a16', icon: 'clock' },
  { id: 4, colour: '#7d8995', icon: 'door-closed' },
  { id: 5, colour: '#bd1b2e', icon: 'thumbs-down' },
]

const statuses = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
] as const

const cluster = (longitude: number, latitude: number, count: number, shares: number[]) => ({
  longitude,
  latitude,
  count,
  outcomes: Object.fromEntries(shares.map((share, at) => [String(at + 1), share])),
  statuses: {},
  bbox: [longitude, latitude, longitude, latitude],
})

const who = { creator_id: 1, visited_at: '2026-11-26T14:02:00.000Z' }

const point = (at: number) => ({
  ...who,
  id: at,
  longitude: -9.3 + (at % 4) * 0.13,
  latitude: 38.55 + Math.floor(at / 4) * 0.12,
  outcome_id: at === 19 ? null : (at % 5) + 1,
  status: statuses[at % 4] ?? 'verified',
})

export const visits: VisitMap = {
  clusters: [
    cluster(-9.15, 38.73, 426, [170, 60, 85, 75, 36]),
    cluster(-9.25, 38.76, 137, [50, 0, 35, 42, 10]),
    cluster(-9.28, 38.67, 19, [0, 10, 6, 3, 0]),
    cluster(-8.9, 38.62, 12_804, [6_000, 1_000, 3_000, 2_000, 804]),
  ],
  points: [
    ...Array.from({ length: 20 }, (_, at) => point(at)),
    ...Array.from({ length: 9 }, (_, at) => ({
      ...who,
      id: 100 + at,
      longitude: -8.72 + at * 0.0004,
      latitude: 38.8,
      outcome_id: at < 6 ? 1 : 5,
      status: 'verified' as const,
    })),
  ],
  shown: 0,
  total: 0,
  unmapped: 0,
}

export const selected: [longitude: number, latitude: number] = [-8.96, 38.755]
