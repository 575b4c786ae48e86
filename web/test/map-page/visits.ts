import { type MapPins, noLook } from '../../src/map/map-pins.ts'
import type { Badge, PinLook } from '../../src/map/pins.ts'

export const outcomes: readonly PinLook[] = [
  { colour: '#186e68', icon: 'thumbs-up' },
  { colour: '#2e95ff', icon: 'handshake' },
  { colour: '#c07a16', icon: 'clock' },
  { colour: '#7d8995', icon: 'door-closed' },
  { colour: '#bd1b2e', icon: 'thumbs-down' },
]

const badges: readonly Badge[] = ['verified', 'far', 'unknown', 'off']

const cluster = (longitude: number, latitude: number, count: number, shares: number[]) => ({
  longitude,
  latitude,
  count,
  shares,
  bbox: [longitude, latitude, longitude, latitude],
})

const pin = (at: number) => ({
  key: String(at),
  longitude: -9.3 + (at % 4) * 0.13,
  latitude: 38.55 + Math.floor(at / 4) * 0.12,
  look: at === 19 ? noLook : at % 5,
  badge: badges[at % 4] ?? 'verified',
})

export const visits: MapPins = {
  looks: outcomes,
  clusters: [
    cluster(-9.15, 38.73, 426, [170, 60, 85, 75, 36]),
    cluster(-9.25, 38.76, 137, [50, 0, 35, 42, 10]),
    cluster(-9.28, 38.67, 19, [0, 10, 6, 3, 0]),
    cluster(-8.9, 38.62, 12_804, [6_000, 1_000, 3_000, 2_000, 804]),
  ],
  pins: [
    ...Array.from({ length: 20 }, (_, at) => pin(at)),
    ...Array.from({ length: 9 }, (_, at) => ({
      key: String(100 + at),
      longitude: -8.72 + at * 0.0004,
      latitude: 38.8,
      look: at < 6 ? 0 : 4,
      badge: 'verified' as const,
    })),
  ],
}

export const selected: [longitude: number, latitude: number] = [-8.96, 38.755]
