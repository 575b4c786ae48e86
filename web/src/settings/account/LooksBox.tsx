import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { looksQuery } from '../../api/settings.ts'
import { useUserName } from '../../api/users.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { day, time } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'

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
          {looks.map(({ user_id: id, at, visit_id: visit }) => (
            <li key={`${id}-${visit}-${at}`}>
              <Link to="/visits/$id" params={{ id: String(visit) }}>
                <Avatar id={id} name={nameOf(id) ?? visits.unknownRep} size="small" />
                <b className="ellipsis">{nameOf(id) ?? visits.unknownRep}</b>
                <span className="muted num">{account.look(day(at), time(at))}</span>
              </Link>
            </li>
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
