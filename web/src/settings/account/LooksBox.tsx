import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'

import { looksQuery } from '../../api/location-data.ts'
import { useUserName } from '../../api/users.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { day, time } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { NewestBox } from '../NewestBox.tsx'
import { type DayOfLooks, groupLooks } from './looks.ts'

const { account, visits } = texts

/** Who else saw where whoever is signed in was, the newest first. */
export function LooksBox() {
  const query = useInfiniteQuery(looksQuery)
  const nameOf = useUserName()
  const looks = query.data?.pages.flatMap((page) => page.looks) ?? []
  return (
    <NewestBox
      title={account.looks}
      about={account.looksAbout}
      query={query}
      isEmpty={looks.length === 0}
      words={{ failed: account.looksFailed, none: account.noLooks, earlier: account.earlier }}
    >
      <ul className="looks">
        {groupLooks(looks).map((group) => (
          <Group key={group.key} group={group} name={nameOf(group.userId) ?? visits.unknownRep} />
        ))}
      </ul>
    </NewestBox>
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
          <b dir="auto" className="ellipsis">
            {name}
          </b>
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
