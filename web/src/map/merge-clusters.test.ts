import { expect, it } from 'vitest'

import type { MapPins } from './map-pins.ts'
import { mergeClusters } from './merge-clusters.ts'

const looks = [
  { colour: '#186e68', icon: null },
  { colour: '#bd1b2e', icon: null },
]

const given: MapPins = {
  looks,
  clusters: [
    { longitude: 10, latitude: 50, count: 90, bbox: [9.9, 49.9, 10.1, 50.1], shares: [60, 20] },
    { longitude: 10.3, latitude: 50, count: 10, bbox: [10.2, 50, 10.4, 50.2], shares: [0, 10] },
    { longitude: 20, latitude: 50, count: 2, bbox: [20, 50, 20, 50], shares: [2, 0] },
  ],
  pins: [
    { key: '1', longitude: 10.1, latitude: 50.2, look: 1, badge: null },
    { key: '2', longitude: 30, latitude: 50, look: 0, badge: null },
  ],
}

it('joins clusters and pins that would stand on each other, and loses none', () => {
  const { clusters, pins } = mergeClusters(given, 5)
  expect(clusters).toEqual([
    { longitude: 10, latitude: 50, count: 101, bbox: [9.9, 49.9, 10.4, 50.2], shares: [60, 31] },
    given.clusters[2],
  ])
  expect(pins).toEqual([given.pins[1]])
})

it('leaves apart what has room', () => {
  const { clusters, pins } = mergeClusters(given, 10)
  expect([clusters.length, pins.length]).toEqual([3, 2])
})
