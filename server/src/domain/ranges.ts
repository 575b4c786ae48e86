/** Bounds of a time in ms, which must all hold. */
export interface TimeRange {
  readonly gte?: number | undefined
  readonly gt?: number | undefined
  readonly lte?: number | undefined
  readonly lt?: number | undefined
}

/** When rows were created, and when they changed last. */
export interface TimeBounds {
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
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

/** The range of the same length just before; undefined: the range has no beginning or no end. */
export function rangeBefore(range: TimeRange): TimeRange | undefined {
  const { gte = -Infinity, gt = -Infinity, lte = Infinity, lt = Infinity } = range
  const from = Math.max(gte, gt + 1)
  const end = Math.min(lt, lte + 1)
  if (!Number.isFinite(from) || !Number.isFinite(end)) return undefined
  return { gte: from - Math.max(0, end - from), lt: from }
}
