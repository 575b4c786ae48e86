import {
  idOf,
  numberOf,
  oneOf,
  severalOf,
  textOf,
  type Typed,
  withoutUndefined,
} from '../search.ts'

/** Which customers are shown. */
export interface NearFilters {
  /** Due today or late. */
  readonly due?: 'yes' | undefined
  readonly never?: 'yes' | undefined
  /** Leads of whoever is signed in. */
  readonly leads?: 'yes' | undefined
  /** Of the last visit. */
  readonly outcome?: number | undefined
}

/** What the URL of Near me says. */
export interface NearSearch extends NearFilters {
  /** Whether the list covers the map. */
  readonly list?: 'yes' | undefined
  readonly q?: string | undefined
  /** Latitude, longitude and zoom of the map. */
  readonly at?: readonly number[] | undefined
}

const yes = (value: unknown) => oneOf(['yes'], value)

export function parseNearSearch(typed: Typed): NearSearch {
  const at = severalOf(numberOf, typed.at)
  return withoutUndefined({
    due: yes(typed.due),
    never: yes(typed.never),
    leads: yes(typed.leads),
    outcome: idOf(typed.outcome),
    list: yes(typed.list),
    q: textOf(typed.q)?.slice(0, 200),
    at: at?.length === 3 ? at : undefined,
  })
}

/** Where the URL says that a lead is to be added, and how it is called, or which one was begun. */
export interface NewLeadSearch {
  /** Latitude and longitude. */
  readonly at?: readonly number[] | undefined
  readonly name?: string | undefined
  /** When it was begun, in ms: another number is another lead. */
  readonly draft?: number | undefined
}

export function parseNewLeadSearch(typed: Typed): NewLeadSearch {
  const at = severalOf(numberOf, typed.at)
  return withoutUndefined({
    at: at?.length === 2 ? at : undefined,
    name: textOf(typed.name)?.slice(0, 200),
    draft: idOf(typed.draft),
  })
}
