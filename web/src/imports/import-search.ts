import { idOf, oneOf, type Typed, withoutUndefined } from '../search.ts'

/** What an import's page shows in place of its progress. */
export const importViews = ['gaps', 'rejected', 'conflicts', 'summary'] as const
export type ImportView = (typeof importViews)[number]

export interface ImportSearch {
  /** Which import; without it, the one that runs, else the newest. */
  readonly id?: number | undefined
  readonly show?: ImportView | undefined
  /** Absent: from Sell. */
  readonly source?: 'files' | undefined
}

export const parseImportSearch = (typed: Typed): ImportSearch =>
  withoutUndefined({
    id: idOf(typed.id),
    show: oneOf(importViews, typed.show),
    source: oneOf(['files'] as const, typed.source),
  })
