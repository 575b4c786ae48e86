import { useEffect, useMemo, useState } from 'react'

import type { Box } from '../api/maps.ts'
import { copy } from '../parts/copy.ts'
import { Failed } from '../parts/Failed.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useKeys } from '../parts/use-keys.ts'
import type { MapSearch } from '../search.ts'
import { texts } from '../texts/texts.ts'
import { customerName, type Names } from '../visits/columns.tsx'
import { useCurrent } from '../visits/use-current.ts'
import { useVisitList } from '../visits/use-visit-list.ts'
import { CustomersInView } from './CustomersInView.tsx'
import { showsCustomers } from './map-choices.ts'
import { MapList } from './MapList.tsx'
import { nameZoom } from './pin-layers.ts'
import { rowPx } from './row-px.ts'
import type { TeamMap } from './use-map.ts'
import type { PinNames } from './use-pins.ts'
import { VisitsInView } from './VisitsInView.tsx'

interface MapSideProps {
  readonly search: MapSearch
  readonly map: TeamMap
  readonly names: Names
  readonly onNames: (names: PinNames) => void
  readonly onChange: (change: Partial<MapSearch>, replace?: boolean) => void
}

/** The list that floats on the map. */
export function MapSide(props: MapSideProps) {
  const { search, map, names, onNames, onChange } = props
  const { view, data, door } = map
  const isCustomers = showsCustomers(search)
  const mapped = data.world ? data.world.total - data.world.unmapped : 0
  const frame = { world: data.world, search, atDoor: door?.count ?? null }
  if (data.error && !data.world) {
    return (
      <MapList {...frame} inView={undefined} onLeaveDoor={map.leaveDoor}>
        <Failed
          title={isCustomers ? texts.customers.failed : texts.visits.failed}
          error={data.error}
          onRetry={data.retry}
        />
      </MapList>
    )
  }
  if (!view || !data.world) {
    return (
      <MapList {...frame} inView={undefined} onLeaveDoor={map.leaveDoor}>
        <Skeleton rows={16} rowPx={rowPx()} />
      </MapList>
    )
  }
  const bbox = door?.bbox ?? view.seen.box
  if (!isCustomers) return <VisitSide {...props} bbox={bbox} mapped={mapped} />
  return (
    <MapList {...frame} inView={data.customers?.shown} onLeaveDoor={map.leaveDoor}>
      <CustomersInView
        search={search}
        bbox={bbox}
        names={names}
        hasOthers={mapped > 0}
        onNames={onNames}
        onChange={onChange}
        onShowAll={map.showAll}
      />
    </MapList>
  )
}

interface VisitSideProps extends MapSideProps {
  readonly bbox: Box
  readonly mapped: number
}

/** The visits in view, and the keys that walk through them. */
function VisitSide({ search, map, names, onNames, onChange, bbox, mapped }: VisitSideProps) {
  const [isAtTop, setIsAtTop] = useState(true)
  const list = useVisitList({ ...search, bbox }, isAtTop)
  const onVisit = (visit: number | undefined) => onChange({ visit }, search.visit !== undefined)
  const cursor = useCurrent(list.visits, search.visit, onVisit)
  const close = () => {
    if (search.visit !== undefined) onChange({ visit: undefined })
    else map.leaveDoor()
  }
  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    // What has the focus comes before the row that the other keys move.
    enter: ({ target }) => {
      if (target instanceof HTMLElement && target.matches('a, button')) target.click()
      else cursor.open()
    },
    escape: close,
    c: () => void copy(location.href, texts.visits.linkCopied),
    f: () => document.querySelector<HTMLElement>('.filter-bar button')?.focus(),
  })
  const hasNames = (map.view?.seen.zoom ?? 0) >= nameZoom - 1
  const pinNames = useMemo<PinNames>(
    () =>
      new Map(
        hasNames ? list.visits.map((visit) => [String(visit.id), customerName(visit)]) : undefined,
      ),
    [hasNames, list.visits],
  )
  useEffect(() => onNames(pinNames), [onNames, pinNames])
  return (
    <MapList
      world={map.data.world}
      search={search}
      atDoor={map.door?.count ?? null}
      inView={list.total}
      onLeaveDoor={map.leaveDoor}
    >
      <VisitsInView
        list={list}
        search={search}
        names={names}
        current={cursor.current}
        hasOthers={mapped > 0}
        place={bbox.join()}
        onChange={onChange}
        onScrolled={setIsAtTop}
        onShowAll={map.showAll}
      />
    </MapList>
  )
}
