import type { Viewer } from '../../domain/actor.ts'
import type { LocatedVisit } from '../../domain/location-data.ts'
import {
  exactZoomMin,
  mapItemsMax,
  type MapView,
  type VisitCluster,
  type VisitMap,
  type VisitPoint,
} from '../../domain/maps.ts'
import type { SumRequest } from '../../domain/visit-sums.ts'
import { statuses, word } from '../schema.ts'
import type { AccountColumns } from './account-columns.ts'
import { Apart, boxOf, type Cluster, Clusters, middleOf, type Place, pointsOf } from './clusters.ts'
import { viewOf } from './grid.ts'
import type { Accepts, Fold } from './pass.ts'
import type { VisitColumns } from './visit-columns.ts'

/** Collects visits where they stand: at their record, else where the rep was. */
export function visitMap(
  columns: AccountColumns,
  { viewer, box, zoom, isApart = false }: MapView & Pick<SumRequest, 'viewer'>,
): Fold<VisitMap> {
  const { visits, records, outcomes } = columns
  const clusters = new Clusters<VisitPoint>(zoom, viewOf(box), records.count)
  const apart = new Apart<VisitPoint>(isApart)
  const isExact = zoom < exactZoomMin ? () => false : isLocatedFor(columns, viewer)
  const located: LocatedVisit[] = []
  let [total, unmapped, shown] = [0, 0, 0]

  function addTo(
    cluster: Cluster<VisitPoint>,
    slot: number,
    latitude: number,
    longitude: number,
  ): void {
    shown += 1
    const outcome = visits.outcomes[slot] ?? 0
    const status = visits.statuses[slot] ?? 0
    const point = () => pointOf(columns, slot, latitude, longitude)
    apart.add(point)
    cluster.first ??= point()
    cluster.outcomes[outcome] = (cluster.outcomes[outcome] ?? 0) + 1
    cluster.statuses[status] = (cluster.statuses[status] ?? 0) + 1
  }

  return {
    add(slot) {
      total += 1
      const record = visits.records[slot] ?? 0
      const latitude = records.latitudes[record] ?? Number.NaN
      if (!Number.isNaN(latitude)) {
        const longitude = records.longitudes[record] ?? 0
        const cluster = clusters.addAtRecord(record, latitude, longitude)
        if (cluster) addTo(cluster, slot, latitude, longitude)
        return
      }
      const kept = placeOfRep(visits, slot)
      if (!kept) {
        unmapped += 1
        return
      }
      const known = isExact(slot) ? kept : coarse(kept)
      // NOTE: who saw these is noted, so they are not without limit.
      const place = located.length < mapItemsMax ? known : coarse(known)
      const cluster = clusters.add(known, place)
      if (!cluster) return
      if (place === kept) {
        located.push({ visitId: visits.id(slot), creatorId: creatorOf(columns, slot) })
      }
      addTo(cluster, slot, place.latitude, place.longitude)
    },
    finish: () => ({
      clusters: apart.items
        ? []
        : clusters.all
            .filter(({ count }) => count > 1)
            .map((cluster) => toCluster(cluster, (outcome) => outcomes.id(outcome))),
      points: apart.items ?? pointsOf(clusters.all),
      shown,
      total,
      unmapped,
      located,
    }),
  }
}

const pointOf = (
  columns: AccountColumns,
  slot: number,
  latitude: number,
  longitude: number,
): VisitPoint => ({
  id: columns.visits.id(slot),
  latitude,
  longitude,
  outcomeId: columns.outcomes.id(columns.visits.outcomes[slot] ?? 0),
  status: word(statuses, columns.visits.statuses[slot] ?? 0),
  creatorId: creatorOf(columns, slot),
  visitedAt: columns.visits.visitedAt[slot] ?? 0,
})

/** Where the rep was, if that is kept. */
function placeOfRep({ latitudes, longitudes }: VisitColumns, slot: number): Place | undefined {
  const [latitude = Number.NaN, longitude = Number.NaN] = [latitudes[slot], longitudes[slot]]
  return Number.isNaN(latitude) || Number.isNaN(longitude) ? undefined : { latitude, longitude }
}

/** To about a kilometre. */
const coarse = ({ latitude, longitude }: Place): Place => ({
  latitude: Math.round(latitude * 100) / 100,
  longitude: Math.round(longitude * 100) / 100,
})

/** Whether the viewer may see where the rep was: their own places, those of users below, admins all. */
function isLocatedFor(columns: AccountColumns, { userId, isAdmin }: Viewer): Accepts {
  if (isAdmin) return () => true
  const team = columns.teamOf(userId)
  return (slot) => team[columns.visits.creators[slot] ?? 0] === 1
}

const creatorOf = ({ visits, users }: AccountColumns, slot: number): number =>
  users.id(visits.creators[slot] ?? 0) ?? 0

const toCluster = (
  cluster: Cluster<VisitPoint>,
  outcomeOf: (ordinal: number) => number | null,
): VisitCluster => ({
  ...middleOf(cluster),
  count: cluster.count,
  outcomes: countsBy(cluster.outcomes, (ordinal) => String(outcomeOf(ordinal) ?? 'none')),
  statuses: countsBy(cluster.statuses, (status) => word(statuses, status)),
  box: boxOf(cluster),
})

/** The counts that are not 0, by name. */
export const countsBy = <Name extends string>(
  counts: readonly number[],
  nameOf: (at: number) => Name,
): Record<Name, number> => {
  const named: Partial<Record<Name, number>> = {}
  return Object.assign(
    named,
    ...[...counts.entries()].flatMap(([at, count]) => (count ? [{ [nameOf(at)]: count }] : [])),
  )
}
