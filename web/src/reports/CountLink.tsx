import { Link } from '@tanstack/react-router'

import { basePath } from '../base-path.ts'
import { classes } from '../parts/classes.ts'
import { printSearch, type VisitFilters } from '../search.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

/** The address of a list of visits. */
export const visitsHref = (search: VisitFilters): string =>
  `${basePath}/visits${printSearch({ ...search })}`

interface CountLinkProps {
  readonly value: number
  /** The list of what is counted; undefined: no list can say it. */
  readonly search: VisitFilters | undefined
  readonly isInText?: boolean | undefined
  /** The places of these visits instead of their list. */
  readonly isMap?: boolean | undefined
  /** In place of the number. */
  readonly children?: string | undefined
  /** Read aloud where that says more. */
  readonly name?: string | undefined
}

/** A number that opens what it counts. Nothing is behind a zero. */
export function CountLink({ value, search, isInText, isMap, children, name }: CountLinkProps) {
  const text = children ?? count(value)
  if (value === 0 || search === undefined) return <span className="num">{text}</span>
  if (isMap) {
    return (
      <Link
        className={classes('num door', isInText && 'in-text')}
        to="/map"
        search={{ ...search, layer: 'visits' }}
        aria-label={texts.reports.onMap(text)}
      >
        {text}
      </Link>
    )
  }
  return (
    <Link
      className={classes('num door', isInText && 'in-text')}
      to="/visits"
      search={{ ...search }}
      aria-label={name}
    >
      {text}
    </Link>
  )
}
