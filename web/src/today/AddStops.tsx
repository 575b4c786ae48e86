import './add-stops.css'
import type { Customer } from '@doorstep/contract/customers'
import { useQuery } from '@tanstack/react-query'
import { Check, Plus, Search } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'

import { sessionQuery } from '../api/sessions.ts'
import type { Stop } from '../offline/changed-plans.ts'
import { recordKey } from '../offline/database.ts'
import { useRecords } from '../offline/use-records.ts'
import { BottomSheet } from '../parts/BottomSheet.tsx'
import { Button } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'
import type { Place } from './best-order.ts'
import { findCustomers } from './find-customers.ts'
import { lineOf } from './stop-lines.ts'

const { today } = texts
const shownMost = 60
/** As many as the server takes. */
const stopsMost = 100

interface AddStopsProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** The keys of those that are in the plan. */
  readonly planned: readonly string[]
  readonly here: Place | null
  readonly onAdd: (stops: readonly Stop[]) => void
}

const keyOf = (customer: Customer): string => recordKey(customer.resource_type, customer.id)

const stopOf = ({ resource_type, id }: Customer): Stop => ({
  resource_type,
  resource_id: id,
  state: 'planned',
  skip_reason: null,
  visit_id: null,
})

interface StopChoiceProps {
  readonly name: string
  readonly line: string
  readonly isChosen: boolean
  readonly onToggle: () => void
}

const StopChoice = ({ name, line, isChosen, onToggle }: StopChoiceProps) => (
  <li>
    <button type="button" className="phone-row" aria-pressed={isChosen} onClick={onToggle}>
      <span className="what">
        <b>{name}</b>
        <span className="line num">{line}</span>
      </span>
      {isChosen ? <Check aria-hidden="true" /> : <Plus aria-hidden="true" />}
    </button>
  </li>
)

/** Chooses among the customers on this phone. */
export function AddStops({ isOpen, onClose, planned, here, onAdd }: AddStopsProps) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<readonly Customer[]>([])
  const left = useLeft(useDeferredValue(typed), planned)
  const isFull = planned.length + chosen.length >= stopsMost
  const close = () => {
    setTyped('')
    setChosen([])
    onClose()
  }
  const toggle = (customer: Customer) => {
    const others = chosen.filter((each) => keyOf(each) !== keyOf(customer))
    if (others.length < chosen.length) setChosen(others)
    else if (!isFull) setChosen([...chosen, customer])
  }
  return (
    <BottomSheet
      isOpen={isOpen}
      onClose={close}
      isHigh
      title={today.addTitle}
      foot={
        <Button
          kind="primary"
          isWide
          disabled={chosen.length === 0}
          onClick={() => {
            onAdd(chosen.map(stopOf))
            close()
          }}
        >
          {today.addSome(chosen.length)}
        </Button>
      }
    >
      <label className="find-box">
        <Search aria-hidden="true" />
        <span className="unseen">{today.search}</span>
        <input
          type="search"
          value={typed}
          placeholder={today.search}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {isFull && <p className="note">{today.full(stopsMost)}</p>}
      {typed.trim() === '' && left.found.length > 0 && <p className="note">{today.dueFirst}</p>}
      {left.found.length === 0 && (
        <p className="note">{left.isNone ? today.noneHere : today.noneFound}</p>
      )}
      <ul className="choices">
        {left.found.slice(0, shownMost).map((customer) => (
          <StopChoice
            key={keyOf(customer)}
            name={customer.name}
            line={lineOf(customer, here)}
            isChosen={chosen.some((each) => keyOf(each) === keyOf(customer))}
            onToggle={() => toggle(customer)}
          />
        ))}
      </ul>
    </BottomSheet>
  )
}

/** Those that were found and are not in the plan. */
function useLeft(typed: string, planned: readonly string[]) {
  const records = useRecords()
  const { data: session } = useQuery(sessionQuery)
  const userId = session?.user.id
  return useMemo(() => {
    const taken = new Set(planned)
    const all = records?.customers.filter((each) => !taken.has(keyOf(each))) ?? []
    return { found: findCustomers(all, typed, userId), isNone: records?.customers.length === 0 }
  }, [records, planned, typed, userId])
}
