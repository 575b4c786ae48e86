import { textOf, type Typed, withoutUndefined } from '../../search.ts'
import { radiusOf } from './radii.ts'

export interface VerificationSearch {
  /** The radius that is looked at and not saved. */
  readonly radius?: number | undefined
}

export const parseVerificationSearch = ({ radius }: Typed): VerificationSearch =>
  withoutUndefined({ radius: radiusOf(textOf(radius) ?? String(radius)) })
