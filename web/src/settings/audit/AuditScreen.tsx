import '../server-settings.css'
import './audit.css'
import type { AuditEntry } from '@doorstep/contract/audit'
import { useInfiniteQuery } from '@tanstack/react-query'

import { auditQuery } from '../../api/audit.ts'
import { Button } from '../../parts/Button.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { audit as words } from '../../texts/en/audit.ts'
import { day, time } from '../../texts/format.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { actionOf, actorOf, changesOf, outcomesOf, subjectOf, tokenOf } from './sentences.ts'

/** Who did what, the newest first; for admins. */
export function AuditScreen() {
  const isAdmin = useIsAdmin()
  return (
    <SettingsPage section="audit" about={words.about} isRead>
      {isAdmin ? <Entries /> : <AdminsOnly>{words.adminsOnly}</AdminsOnly>}
    </SettingsPage>
  )
}

function Entries() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(auditQuery)
  const entries = data?.pages.flatMap((page) => page.entries) ?? []
  if (!data && error) {
    return <Failed title={words.notRead} error={error} onRetry={() => void refetch()} />
  }
  return (
    <SettingsBox>
      {!data && (
        <div className="padded">
          <Skeleton rows={6} hasDisc={false} />
        </div>
      )}
      {data && entries.length === 0 && <p className="padded muted">{words.none}</p>}
      <ul className="audit-rows">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {hasNextPage && (
        <p className="box-foot">
          <Button
            size="small"
            aria-disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {words.earlier}
          </Button>
        </p>
      )}
    </SettingsBox>
  )
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const more = [...outcomesOf(entry), ...changesOf(entry), tokenOf(entry)].filter(
    (each) => each !== undefined,
  )
  return (
    <li>
      <span className="muted num">{`${day(entry.at)}, ${time(entry.at)}`}</span>
      <span className="what">
        <span>
          <b>{actorOf(entry)}</b> {actionOf(entry)} <b>{subjectOf(entry)}</b>
        </span>
        {more.length > 0 && <span className="faint small">{more.join(' · ')}</span>}
      </span>
    </li>
  )
}
