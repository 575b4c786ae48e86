import { oneOf, textOf, type Typed, withoutUndefined } from '../../search.ts'

export const ranks = ['admin', 'manager', 'rep'] as const
export type Rank = (typeof ranks)[number]

/** What the URL of the people says. */
export interface PeopleSearch {
  readonly q?: string | undefined
  readonly role?: Rank | undefined
  /** From A to Z; else under whom they report to. */
  readonly order?: 'name' | undefined
}

export const parsePeopleSearch = (typed: Typed): PeopleSearch =>
  withoutUndefined({
    q: textOf(typed.q),
    role: oneOf(ranks, typed.role),
    order: oneOf(['name'], typed.order),
  })
