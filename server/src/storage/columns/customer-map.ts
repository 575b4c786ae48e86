import type { CustomerMapFilter, CustomerMap, CustomerPoint, MapView } from '../../domain/maps.ts'
import { resourceKinds, word } from '../schema.ts'
import type { AccountColumns } from './account-columns.ts'
import { Apart, boxOf, Clusters, middleOf, pointsOf } from './clusters.ts'
import { viewOf } from './grid.ts'
import type { Fold } from './pass.ts'

/** Finds the last visit to each lead and contact, and collects them where they stand. */
export function customerMap(
  columns: AccountColumns,
  request: MapView & { readonly filter: CustomerMapFilter },
): Fold<CustomerMap> {
  const { visits, records, users, outcomes } = columns
  const lastAt = new Float64Array(records.count).fill(-Infinity)
  const lastIds = new Float64Array(records.count)
  const lastOutcomes = new Uint32Array(records.count)
  return {
    add(slot) {
      const record = visits.records[slot] ?? 0
      const [at, last] = [visits.visitedAt[slot] ?? 0, lastAt[record] ?? 0]
      if (at < last || (at === last && visits.id(slot) < (lastIds[record] ?? 0))) return
      lastAt[record] = at
      lastIds[record] = visits.id(slot)
      lastOutcomes[record] = visits.outcomes[slot] ?? 0
    },
    finish() {
      const accepts = acceptsOf(columns, request.filter, lastAt, lastOutcomes)
      const clusters = new Clusters<CustomerPoint>(request.zoom, viewOf(request.box), 0)
      const apart = new Apart<CustomerPoint>(request.isApart ?? false)
      let [total, unmapped, shown] = [0, 0, 0]
      for (let record = 0; record < records.count; record++) {
        if (records.stored[record] !== 1 || !accepts(record)) continue
        total += 1
        const latitude = records.latitudes[record] ?? 0
        const longitude = records.longitudes[record] ?? 0
        if (Number.isNaN(latitude)) unmapped += 1
        else {
          const at = lastAt[record] ?? 0
          const outcomeId = outcomes.id(lastOutcomes[record] ?? 0)
          const cluster = clusters.add({ latitude, longitude })
          if (!cluster) continue
          shown += 1
          const point = (): CustomerPoint => ({
            resourceKind: word(resourceKinds, records.kinds[record] ?? 0),
            id: records.id(record),
            latitude,
            longitude,
            ownerId: users.id(records.owners[record] ?? 0),
            lastVisit: at === -Infinity ? null : { at, outcomeId },
          })
          apart.add(point)
          cluster.first ??= point()
        }
      }
      return {
        clusters: apart.items
          ? []
          : clusters.all
              .filter(({ count }) => count > 1)
              .map((cluster) => ({
                ...middleOf(cluster),
                count: cluster.count,
                box: boxOf(cluster),
              })),
        points: apart.items ?? pointsOf(clusters.all),
        shown,
        total,
        unmapped,
      }
    },
  }
}

function acceptsOf(
  columns: AccountColumns,
  filter: CustomerMapFilter,
  lastAt: Float64Array,
  lastOutcomes: Uint32Array,
): (record: number) => boolean {
  const { records, users, outcomes } = columns
  const { resourceKind, ownerId, below, unvisitedSince, outcomeId } = filter
  const kind = resourceKind && resourceKinds.indexOf(resourceKind)
  const owner = ownerId === undefined ? undefined : users.marks([ownerId])
  const team = below === undefined ? undefined : columns.teamOf(below)
  const outcome = outcomeId === undefined ? undefined : outcomes.marks([outcomeId])
  const ids = filter.ids && resourceKinds.map((each) => new Set(filter.ids?.[each]))
  return (record) => {
    const owned = records.owners[record] ?? 0
    return (
      (kind === undefined || records.kinds[record] === kind) &&
      (ids === undefined || ids[records.kinds[record] ?? 0]?.has(records.id(record)) === true) &&
      owner?.[owned] !== 0 &&
      team?.[owned] !== 0 &&
      (unvisitedSince === undefined || (lastAt[record] ?? 0) < unvisitedSince) &&
      outcome?.[lastOutcomes[record] ?? 0] !== 0
    )
  }
}
