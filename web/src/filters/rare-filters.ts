import {
  lackable,
  reviewFlags,
  reviewStates,
  verificationReasons,
} from '@doorstep/contract/findings'

import { oneOf, severalOf, type VisitFilters } from '../search.ts'
import { texts } from '../texts/texts.ts'
import type { Choosing } from './ChoiceMenu.tsx'

const { filters } = texts

export interface RareFilter extends Choosing<string> {
  readonly name: string
  readonly several: (count: number) => string
}

interface Person {
  readonly id: number
  readonly name: string
}

type Change = (change: Partial<VisitFilters>) => void

const named = <Value extends string>(
  values: readonly Value[],
  names: Readonly<Record<Value, string>>,
) => values.map((value) => ({ value, name: names[value] }))

/** Filters that are set seldom; each is a chip of its own once it is set. */
export function rareFilters(
  search: VisitFilters,
  change: Change,
  managers: readonly Person[],
): readonly RareFilter[] {
  const several = <Value extends string>(words: readonly Value[], chosen: readonly string[]) =>
    severalOf((value) => oneOf(words, value), chosen)
  return [
    {
      name: filters.team,
      several: filters.reps,
      isSingle: true,
      choices: managers.map(({ id, name }) => ({ value: String(id), name: filters.teamOf(name) })),
      chosen: search.below === undefined ? [] : [String(search.below)],
      onChosen: ([id]) => change({ below: id === undefined ? undefined : Number(id) }),
    },
    {
      name: filters.reason,
      several: filters.reasonsChosen,
      choices: named(verificationReasons, filters.reasons),
      chosen: search.reason ?? [],
      onChosen: (chosen) => change({ reason: several(verificationReasons, chosen) }),
    },
    {
      name: filters.flag,
      several: filters.flagsChosen,
      choices: named(reviewFlags, filters.flags),
      chosen: search.flag ?? [],
      onChosen: (chosen) => change({ flag: several(reviewFlags, chosen) }),
    },
    {
      name: filters.review,
      several: String,
      isSingle: true,
      choices: named(reviewStates, filters.reviews),
      chosen: search.review === undefined ? [] : [search.review],
      onChosen: ([state]) => change({ review: oneOf(reviewStates, state) }),
    },
    {
      name: filters.without,
      several: String,
      isSingle: true,
      choices: named(lackable, filters.lackable),
      chosen: search.without === undefined ? [] : [search.without],
      onChosen: ([what]) => change({ without: oneOf(lackable, what) }),
    },
    {
      name: filters.type,
      several: String,
      isSingle: true,
      choices: named(['lead', 'contact'] as const, filters.types),
      chosen: search.type === undefined ? [] : [search.type],
      onChosen: ([type]) => change({ type: oneOf(['lead', 'contact'], type), customer: undefined }),
    },
  ]
}
