import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, Link2 } from 'lucide-react'

import type { CustomerKey } from '../api/customers.ts'
import { basePath } from '../base-path.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { Kbd } from '../parts/Kbd.tsx'
import { Tag } from '../parts/Tag.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'
import { useNeighbours } from './neighbours.ts'

const words = texts.customer

interface CustomerBarProps {
  readonly customerKey: CustomerKey
  readonly title: string
  /** Whether it can be visited. */
  readonly isThere: boolean
  /** Whether there is no such customer, whom nothing can be said of. */
  readonly isMissing: boolean
}

const linkTo = ({ type, id }: CustomerKey): string =>
  `${location.origin}${basePath}/customers/${type}/${id}`

/** Who it is, the way back to the list and along it, and what can be done. */
export function CustomerBar({ customerKey, title, isThere, isMissing }: CustomerBarProps) {
  const navigate = useNavigate()
  const { before, after } = useNeighbours(customerKey)
  const log = { type: customerKey.type, customer: customerKey.id }
  useTitle(title)
  const go = (key: CustomerKey | undefined) => {
    if (!key) return
    const params = { type: key.type, id: String(key.id) }
    void navigate({ to: '/customers/$type/$id', params, replace: true })
  }
  const copyLink = () => void copy(linkTo(customerKey), texts.visits.linkCopied)
  useKeys({
    j: () => go(after),
    k: () => go(before),
    // Not left out where nothing is: C would then copy the address of the screen.
    c: () => !isMissing && copyLink(),
    l: () => isThere && void navigate({ to: '/log', search: log }),
  })
  return (
    <header className="bar customer-bar">
      <Link
        className={buttonClass({ kind: 'ghost', size: 'small', isIcon: true })}
        to="/customers"
        aria-label={words.back}
        title={words.back}
      >
        <ChevronLeft aria-hidden="true" />
      </Link>
      <h1 dir="auto" className="ellipsis" title={title}>
        {title}
      </h1>
      {!isMissing && <Tag>{texts.customers.kinds[customerKey.type]}</Tag>}
      <span className="spread" />
      {(before || after) && (
        <span className="hints faint" aria-hidden="true">
          <Kbd>{'J'}</Kbd>
          <Kbd>{'K'}</Kbd>
          {words.next}
        </span>
      )}
      {!isMissing && (
        <Button onClick={copyLink} hint="C">
          <Link2 aria-hidden="true" />
          {words.copyLink}
        </Button>
      )}
      {isThere && (
        <Link className={buttonClass({ kind: 'primary' })} to="/log" search={log}>
          {words.log}
          <Kbd>{'L'}</Kbd>
        </Link>
      )}
    </header>
  )
}
