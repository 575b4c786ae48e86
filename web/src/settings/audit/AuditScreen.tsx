import './audit.css'
import type { AuditEntry } from '@doorstep/contract/audit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment } from 'react'

import { auditQuery } from '../../api/audit.ts'
import { useUserName } from '../../api/users.ts'
import { audit as words } from '../../texts/en/audit.ts'
import { day, time } from '../../texts/format.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { NewestBox } from '../NewestBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import {
  actionOf,
  actorOf,
  changesOf,
  type NameOfUser,
  outcomesOf,
  subjectOf,
  tokenOf,
} from './sentences.ts'

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
  const query = useInfiniteQuery(auditQuery)
  const nameOf = useUserName()
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <NewestBox
      query={query}
      isEmpty={entries.length === 0}
      words={{ failed: words.notRead, none: words.none, earlier: words.earlier }}
    >
      <ul className="audit-rows">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} nameOf={nameOf} />
        ))}
      </ul>
    </NewestBox>
  )
}

interface EntryProps {
  readonly entry: AuditEntry
  readonly nameOf: NameOfUser
}

function Entry({ entry, nameOf }: EntryProps) {
  const token = tokenOf(entry)
  const lines = [
    ...outcomesOf(entry).map((each) => [each]),
    ...changesOf(entry, nameOf),
    ...(token === undefined ? [] : [[token]]),
  ]
  return (
    <li>
      <span className="muted num">{`${day(entry.at)}, ${time(entry.at)}`}</span>
      <span className="what">
        <span>
          <b dir="auto">{actorOf(entry)}</b> {actionOf(entry)} <b dir="auto">{subjectOf(entry)}</b>
        </span>
        {lines.length > 0 && <Lines lines={lines} />}
      </span>
    </li>
  )
}

interface LinesProps {
  readonly lines: readonly (readonly string[])[]
}

/** What else is known of an entry; a name that is written from the right turns around nothing else. */
const Lines = ({ lines }: LinesProps) => (
  <span className="faint small">
    {lines.map((parts, at) => (
      <Fragment key={parts[0]}>
        {at > 0 && ' · '}
        <bdi dir="ltr">
          {parts.map((part, place) => (
            // oxlint-disable-next-line react/no-array-index-key
            <bdi key={place}>{part}</bdi>
          ))}
        </bdi>
      </Fragment>
    ))}
  </span>
)
