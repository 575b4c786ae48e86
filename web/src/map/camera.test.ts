import { expect, it } from 'vitest'

import { cameraAround, isFree, type Insets, spanFrom } from './camera.ts'

const size = { width: 1376, height: 848 }
const insets: Insets = { top: 60, right: 84, bottom: 104, left: 392 }

it('shows all of a box between the insets, and as close as it fits', () => {
  const camera = cameraAround([6, 46, 15, 55], size, insets, 14)
  if (!camera) throw new Error('no camera')
  const span = spanFrom(camera, size, insets)
  expect(span.north).toBeCloseTo(55, 6)
  expect(span.south).toBeCloseTo(46, 6)
  expect(span.west).toBeLessThan(6)
  expect(span.east).toBeGreaterThan(15)
  expect((span.west + span.east) / 2).toBeCloseTo(10.5, 6)
})

it('goes no closer than it may, and around the world where a box does', () => {
  const door = cameraAround([7, 50, 7, 50], size, insets, 14)
  expect(door?.zoom).toBe(14)
  const pacific = cameraAround([170, -20, -170, -10], size, insets, 14)
  expect(pacific && spanFrom(pacific, size, insets).east).toBeCloseTo(190, 6)
})

it('leaves to the map where it would be moved: a small world, the poles, no room', () => {
  expect(cameraAround([-170, -80, 170, 80], size, insets, 14)).toBeNull()
  expect(cameraAround([6, 46, 15, 55], { width: 400, height: 848 }, insets, 14)).toBeNull()
  expect(isFree({ longitude: 0, latitude: 84, zoom: 3 }, size)).toBe(false)
  expect(isFree({ longitude: 0, latitude: 50, zoom: 21 }, size)).toBe(false)
  expect(isFree({ longitude: 0, latitude: 50, zoom: 8 }, size)).toBe(true)
})
