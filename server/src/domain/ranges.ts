/** Bounds of a time in ms, which must all hold. */
export interface TimeRange {
  readonly gte?: number | undefined
  readonly gt?: number | undefined
  readonly lte?: number | undefined
  readonly lt?: number | undefined
}

/** All places no farther than `radiusM` metres from one, in degrees. */
export interface Circle {
  readonly latitude: number
  readonly longitude: number
  readonly radiusM: number
}

/** A box in degrees. West is above east where it crosses the antimeridian. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}
