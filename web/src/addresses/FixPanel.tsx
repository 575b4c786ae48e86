import './fix-panel.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'

import { placedCustomerQuery } from '../api/placed-customers.ts'
import { Button } from '../parts/Button.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Kbd } from '../parts/Kbd.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { addresses } from '../texts/en/addresses.ts'
import type { AddressRow } from './address-rows.ts'
import { SuggestedPin } from './SuggestedPin.tsx'
import { UnplacedFix, type Way } from './UnplacedFix.tsx'
import { useMayEdit } from './use-owners.ts'

const words = addresses

interface FixPanelProps {
  readonly row: AddressRow
  readonly hasGeocoder: boolean
  readonly asked: Way | undefined
  readonly onDone: () => void
  /** On a phone, where it covers the list. */
  readonly onBack: (() => void) | undefined
}

/** One customer: why its place needs somebody, and how to give it one. */
export function FixPanel({ row, hasGeocoder, asked, onDone, onBack }: FixPanelProps) {
  const { data: customer, error, refetch } = useQuery(placedCustomerQuery(row))
  const mayEdit = useMayEdit()(row.ownerId)
  const name = row.name || words.noName
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // So that the keys of the list work again after typing.
    const leave = ({ key, target }: KeyboardEvent) => {
      if (key === 'Escape' && target instanceof HTMLElement) target.blur()
    }
    const element = panel.current
    element?.addEventListener('keydown', leave)
    return () => element?.removeEventListener('keydown', leave)
  }, [])
  return (
    <aside ref={panel} className="fix-panel" aria-label={name}>
      <header>
        {onBack && (
          <Button kind="ghost" isIcon aria-label={words.back} onClick={onBack}>
            <ArrowLeft aria-hidden="true" />
          </Button>
        )}
        <div>
          <h2 className="title">
            <Link to="/customers/$type/$id" params={{ type: row.type, id: String(row.id) }}>
              {name}
            </Link>
          </h2>
          <p className="muted">{row.address ?? words.noAddress}</p>
        </div>
        <span className="hints" title={words.nextKeys}>
          <Kbd>{'J'}</Kbd>
          <Kbd>{'K'}</Kbd>
        </span>
        {!row.suggestion && mayEdit && (
          <span className="hints" title={words.editKey}>
            <Kbd>{'E'}</Kbd>
          </span>
        )}
      </header>
      {error && !customer && (
        <Failed title={words.failed} error={error} onRetry={() => void refetch()} />
      )}
      {row.suggestion ? (
        <SuggestedPin row={row} suggestion={row.suggestion} customer={customer} onDone={onDone} />
      ) : customer ? (
        <UnplacedFix {...{ row, customer, hasGeocoder, asked, onDone }} />
      ) : (
        !error && <Skeleton rows={5} hasDisc={false} />
      )}
    </aside>
  )
}
