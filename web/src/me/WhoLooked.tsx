import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'

import { looksQuery } from '../api/location-data.ts'
import { sessionQuery } from '../api/sessions.ts'
import { usersQuery } from '../api/users.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { Button } from '../parts/Button.tsx'
import { type DayOfLooks, groupLooks } from '../settings/account/looks.ts'
import { day, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const { myLocation: words, account } = texts
const fewest = 3

/** Who else was shown an exact place, the latest first; each opens to the visits. */
export function WhoLooked() {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(looksQuery)
  const [isWhole, setIsWhole] = useState(false)
  if (!data) return undefined
  const groups = groupLooks(data.pages.flatMap(({ looks }) => looks))
  const shown = isWhole ? groups : groups.slice(0, fewest)
  return (
    <section>
      <div className="section-head">
        <h2>{words.who}</h2>
        <span className="spread" />
        {groups.length > fewest && (
          <button type="button" className="text-button num" onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? words.fewer : words.all(groups.length)}
          </button>
        )}
      </div>
      {groups.length === 0 ? (
        <p className="nobody">{words.nobody}</p>
      ) : (
        <ul className="phone-list">
          {shown.map((group) => (
            <Looker key={group.key} group={group} />
          ))}
        </ul>
      )}
      {isWhole && hasNextPage && (
        <Button
          isWide
          aria-disabled={isFetchingNextPage}
          onClick={() => isFetchingNextPage || void fetchNextPage()}
        >
          {account.earlier}
        </Button>
      )}
    </section>
  )
}

function Looker({ group }: { readonly group: DayOfLooks }) {
  const { name, who } = useLooker(group.userId)
  return (
    <li>
      <details>
        <summary className="phone-row">
          <Avatar id={group.userId} name={name} size="large" />
          <span className="what">
            <b>{who}</b>
            <span className="line num">
              {account.looked(group.looks.length, day(group.latest), time(group.latest))}
            </span>
          </span>
          <ChevronRight className="further" aria-hidden="true" />
        </summary>
        <ul className="num">
          {group.looks.map(({ at, visit_id: id }) => (
            <li key={`${id} ${at}`}>
              <Link className="link" to="/my-visits/$id" params={{ id: String(id) }}>
                {texts.visit.number(String(id))}
              </Link>
              <span>{time(at)}</span>
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}

/** The name, and who that is: "Marta Reis, your manager". */
function useLooker(id: number) {
  const { data: session } = useQuery(sessionQuery)
  const { data: users = [] } = useQuery(usersQuery)
  const user = users.find((each) => each.id === id)
  if (!user) return { name: '', who: texts.visits.unknownRep }
  const { name, role } = user
  if (id === session?.user.reports_to) return { name, who: words.manager(name) }
  return { name, who: role === 'admin' ? words.admin(name) : name }
}
