import type { Badge, PinLook } from './pins.ts'

/** A visit or a customer. */
export interface MapPin {
  /** What it stands for, such as a visit's id. */
  readonly key: string
  readonly longitude: number
  readonly latitude: number
  /** The place of its look in `looks`; `noLook`: it has none. */
  readonly look: number
  readonly badge: Badge | null
  readonly name?: string | undefined
}

/** Many that the server has put together. */
export interface MapCluster {
  readonly longitude: number
  readonly latitude: number
  readonly count: number
  readonly bbox: readonly number[]
  /** How many there are of each of the looks; the rest has none. */
  readonly shares: readonly number[]
}

export interface MapPins {
  readonly looks: readonly PinLook[]
  readonly pins: readonly MapPin[]
  readonly clusters: readonly MapCluster[]
}

export const noLook = -1
