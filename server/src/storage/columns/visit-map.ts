import type { MapView, VisitCluster, VisitMap, VisitPoint } from '../../domain/visit-sums.ts'
import { statuses, word } from '../schema.ts'
import type { AccountColumns } from './account-columns.ts'
import { boxOf, type Cluster, Clusters, middleOf, pointsOf } from './clusters.ts'
import { viewOf } from './grid.ts'
import type { Fold } from './pass.ts'

/** Collects visits where they stand: at their record, else where the rep was. */
export function visitMap(
  { visits, records, outcomes }: AccountColumns,
  { box, zoom }: MapView,
): Fold<VisitMap> {
  const clusters = new Clusters<VisitPoint>(zoom, viewOf(box), records.count)
  let [total, unmapped, shown] = [0, 0, 0]
  return {
    add(slot) {
      total += 1
      const record = visits.records[slot] ?? 0
      const placed = records.latitudes[record] ?? Number.NaN
      const isPlaced = !Number.isNaN(placed)
      const latitude = isPlaced ? placed : (visits.latitudes[slot] ?? 0)
      const longitude = (isPlaced ? records.longitudes[record] : visits.longitudes[slot]) ?? 0
      if (Number.isNaN(latitude) || Number.isNaN(longitude)) {
        unmapped += 1
        return
      }
      const outcome = visits.outcomes[slot] ?? 0
      const status = visits.statuses[slot] ?? 0
      const cluster = isPlaced
        ? clusters.addAtRecord(record, latitude, longitude)
        : clusters.add(latitude, longitude)
      if (!cluster) return
      shown += 1
      cluster.first ??= {
        id: visits.id(slot),
        latitude,
        longitude,
        outcomeId: outcomes.id(outcome),
        status: word(statuses, status),
      }
      cluster.outcomes[outcome] = (cluster.outcomes[outcome] ?? 0) + 1
      cluster.statuses[status] = (cluster.statuses[status] ?? 0) + 1
    },
    finish: () => ({
      clusters: clusters.all
        .filter(({ count }) => count > 1)
        .map((cluster) => toCluster(cluster, (outcome) => outcomes.id(outcome))),
      points: pointsOf(clusters.all),
      shown,
      total,
      unmapped,
    }),
  }
}

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
