import { oneOf, textOf, type Typed, withoutUndefined } from '../../search.ts'

export const ranks = ['admin', 'manager', 'rep'] as const
export type Rank = (typeof ranks)[number]

/** What the URL of the screen says. */
export interface UsersSearch {
  readonly q?: string | undefined
  readonly role?: Rank | undefined
  /** From A to Z; else under whom they report to. */
  readonly order?: 'name' | undefined
}

export const parseUsersSearch = (typed: Typed): UsersSearch =>
  withoutUndefined({
    q: textOf(typed.q),
    role: oneOf(ranks, typed.role),
    order: oneOf(['name'], typed.order),
  })
