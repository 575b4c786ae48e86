import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'

import { looksQuery } from '../../api/settings.ts'
import { useUserName } from '../../api/users.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { day, time } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import { type DayOfLooks, groupLooks } from './looks.ts'

const { account, visits } = texts

/** Who else saw where whoever is signed in was, the newest first. */
export function LooksBox() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(looksQuery)
  const nameOf = useUserName()
  const looks = data?.pages.flatMap((page) => page.looks) ?? []
  return (
    <SettingsBox title={account.looks} about={account.looksAbout}>
      {!data && !error && (
        <div className="padded">
          <Skeleton rows={3} />
        </div>
      )}
      {!data && error && (
        <Failed title={account.looksFailed} error={error} onRetry={() => void refetch()} />
      )}
      {data && looks.length === 0 && <p className="padded muted">{account.noLooks}</p>}
      {looks.length > 0 && (
        <ul className="looks">
          {groupLooks(looks).map((group) => (
            <Group key={group.key} group={group} name={nameOf(group.userId) ?? visits.unknownRep} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <p className="box-foot">
          <Button
            size="small"
            aria-disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {account.earlier}
          </Button>
        </p>
      )}
    </SettingsBox>
  )
}

interface GroupProps {
  readonly group: DayOfLooks
  readonly name: string
}

/** Opens to the visits whose places were seen. */
const Group = ({ group, name }: GroupProps) => (
  <li>
    <details>
      <summary>
        <Avatar id={group.userId} name={name} size="small" />
        <span className="names">
          <b className="ellipsis">{name}</b>
          <span className="faint small num">
            {account.looked(group.looks.length, day(group.latest), time(group.latest))}
          </span>
        </span>
        <ChevronRight aria-hidden="true" />
      </summary>
      <ul className="num">
        {group.looks.map(({ at, visit_id: visit }) => (
          <li key={`${visit}-${at}`}>
            <Link className="link" to="/visits/$id" params={{ id: String(visit) }}>
              {texts.visit.number(String(visit))}
            </Link>
            <span className="faint">{time(at)}</span>
          </li>
        ))}
      </ul>
    </details>
  </li>
)
