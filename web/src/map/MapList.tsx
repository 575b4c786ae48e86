import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'

import type { CustomerMap, VisitMap } from '../api/maps.ts'
import { Button } from '../parts/Button.tsx'
import type { MapSearch } from '../search.ts'
import { texts } from '../texts/texts.ts'
import { showsCustomers } from './map-choices.ts'

const { map: words } = texts

interface MapListProps {
  readonly world: VisitMap | CustomerMap | undefined
  readonly search: MapSearch
  /** How many are in view, if that is known. */
  readonly inView: number | undefined
  /** Those at one door, instead of all in view. */
  readonly atDoor: number | null
  readonly onLeaveDoor: () => void
  readonly children: ReactNode
}

/** What floats on the map's left: how many there are, and those in view. */
export function MapList(props: MapListProps) {
  const { world, search, inView, atDoor, onLeaveDoor, children } = props
  const isCustomers = showsCustomers(search)
  const mapped = world && world.total - world.unmapped
  const counted = isCustomers ? words.customers : words.visits
  const order = isCustomers ? words.nearestFirst : words.newestFirst
  return (
    <section className="map-list" aria-label={words.list}>
      <header>
        {atDoor === null ? (
          <>
            <div className="pair">
              <h2 className="num">{mapped === undefined ? '\u00A0' : counted(mapped)}</h2>
              <span className="faint num">
                {inView === undefined || inView === mapped ? order : words.inView(inView)}
              </span>
            </div>
            {world && <Unmapped world={world} search={search} />}
          </>
        ) : (
          <div className="pair">
            <h2 className="num">{words.atDoor(atDoor)}</h2>
            <Button kind="ghost" size="small" onClick={onLeaveDoor}>
              <ArrowLeft aria-hidden="true" />
              {words.allInView}
            </Button>
          </div>
        )}
      </header>
      {children}
    </section>
  )
}

const onlyOf = (reps: MapSearch['rep']) => (reps?.length === 1 ? reps[0] : undefined)

interface UnmappedProps {
  readonly world: VisitMap | CustomerMap
  readonly search: MapSearch
}

/** The sentence about those that have no place, which leads to where one can be given to them. */
function Unmapped({ world: { total, unmapped }, search: { rep, below } }: UnmappedProps) {
  if (total === 0) return null
  if (unmapped === 0) return <p className="muted small">{words.all}</p>
  return (
    <p className="muted small num">
      {words.of(total)}
      <Link className="link" to="/addresses" search={{ owner: onlyOf(rep), below }}>
        {words.unmapped(unmapped)}
      </Link>
    </p>
  )
}
