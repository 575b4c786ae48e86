import { useInfiniteQuery, useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { conflictsQuery } from '../api/import-conflicts.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useHeld } from '../parts/held.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { ConflictCard } from './ConflictCard.tsx'
import { heldConflicts, resolve } from './resolve.ts'
import { SubPageFrame } from './SubPageFrame.tsx'

const { conflicts: words } = imports
const perRequest = 100

/** The visits here, by id, as far as they are not deleted. */
function useVisits(ids: readonly number[]) {
  return useQuery({
    queryKey: ['visits', 'of-conflicts', ids],
    queryFn: async ({ signal }) => {
      const found = []
      for (let at = 0; at < ids.length; at += perRequest) {
        const part = ids.slice(at, at + perRequest)
        const query = { ids: part, per_page: perRequest, include: ['resource', 'creator'] } as const
        found.push(
          ...(await client.visits.list({ ...query, include: [...query.include] }, { signal }))
            .items,
        )
      }
      return new Map(found.map(({ data }) => [data.id, data]))
    },
    enabled: ids.length > 0,
  })
}

/** Visits that were changed both here and in Sell, each with both sides. */
export function ConflictsView() {
  const list = useInfiniteQuery(conflictsQuery)
  const hidden = useHeld(heldConflicts)
  const all = list.data?.pages.flatMap(({ items }) => items.map(({ data }) => data)) ?? []
  const open = all.filter(({ id }) => !hidden.has(id))
  const visits = useVisits(all.map(({ visit_id: id }) => id))
  const actions = open.length > 1 && (
    <>
      <Button size="small" onClick={() => resolve(open, 'kept_ours')}>
        {words.keepAll(open.length)}
      </Button>
      <Button size="small" onClick={() => resolve(open, 'took_theirs')}>
        {words.takeAll(open.length)}
      </Button>
    </>
  )
  return (
    <SubPageFrame title={words.title} help={words.help} actions={actions}>
      {list.error && all.length === 0 && (
        <Failed title={words.failed} error={list.error} onRetry={() => void list.refetch()} />
      )}
      {visits.error && !visits.data && all.length > 0 && (
        <Failed title={words.failed} error={visits.error} onRetry={() => void visits.refetch()} />
      )}
      {(list.isLoading || visits.isLoading) && <Skeleton rows={6} hasDisc={false} />}
      {list.data && open.length === 0 && (
        <SettingsBox>
          <Empty title={words.none} help={words.noneHelp} />
        </SettingsBox>
      )}
      {visits.data &&
        open.map((conflict) => (
          <ConflictCard
            key={conflict.id}
            conflict={conflict}
            visit={visits.data.get(conflict.visit_id)}
          />
        ))}
      {list.hasNextPage && (
        <Button aria-disabled={list.isFetching} onClick={() => void list.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </SubPageFrame>
  )
}
