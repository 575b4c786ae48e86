import type { Feature, Geometry, Position } from 'geojson'

import { type Box, boxOf, overlap } from './boxes.ts'
import { unwrapLine, unwrapRing } from './unwrap.ts'

/** A polygon with its holes, or one line. Positions are packed: the world has half a million of them. */
interface Shape {
  /** The feature that it is a part of. */
  readonly feature: number
  readonly box: Box
  readonly lines: readonly Float64Array[]
}

/** A layer of the map whose features can be taken piece by piece. */
export interface Layer {
  readonly kind: 'polygons' | 'lines'
  readonly shapes: readonly Shape[]
}

export function newLayer(kind: Layer['kind'], geometries: Iterable<Geometry>): Layer {
  const shapes: Shape[] = []
  let feature = 0
  for (const geometry of geometries) {
    for (const lines of linesOf(kind, geometry)) {
      shapes.push({ feature, box: boxOf(lines.flat()), lines: lines.map(pack) })
    }
    feature++
  }
  return { kind, shapes }
}

function linesOf(kind: Layer['kind'], geometry: Geometry): Position[][][] {
  switch (geometry.type) {
    case 'Polygon':
      return polygonsOf(kind, [geometry.coordinates])
    case 'MultiPolygon':
      return polygonsOf(kind, geometry.coordinates)
    case 'LineString':
      return [[unwrapLine(geometry.coordinates)]]
    case 'MultiLineString':
      return geometry.coordinates.map((line) => [unwrapLine(line)])
    default:
      return []
  }
}

const polygonsOf = (kind: Layer['kind'], polygons: Position[][][]): Position[][][] =>
  kind === 'polygons'
    ? polygons.map((rings) => rings.map(unwrapRing))
    : polygons.flat().map((ring) => [unwrapLine(ring)])

/** The features of the layer, without those of their parts that lie outside the box. */
export function featuresWithin({ kind, shapes }: Layer, box: Box): Feature[] {
  const parts = new Map<number, Position[][][]>()
  for (const { feature, box: own, lines } of shapes) {
    if (!overlap(own, box)) continue
    const known = parts.get(feature) ?? []
    parts.set(feature, known)
    known.push(lines.map(unpack))
  }
  return [...parts.values()].map((coordinates) => ({
    type: 'Feature',
    properties: {},
    geometry:
      kind === 'polygons'
        ? { type: 'MultiPolygon', coordinates }
        : { type: 'MultiLineString', coordinates: coordinates.flat() },
  }))
}

function pack(line: readonly Position[]): Float64Array {
  const packed = new Float64Array(line.length * 2)
  for (const [at, [longitude = 0, latitude = 0]] of line.entries()) {
    packed[at * 2] = longitude
    packed[at * 2 + 1] = latitude
  }
  return packed
}

const unpack = (packed: Float64Array): Position[] =>
  Array.from({ length: packed.length / 2 }, (_, at) => [
    packed[at * 2] ?? 0,
    packed[at * 2 + 1] ?? 0,
  ])
