import { Popover } from '@base-ui/react/popover'
import { Calendar } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import { Filter, SetFilter } from '../parts/Filter.tsx'
import { TextField } from '../parts/TextField.tsx'
import type { VisitFilters } from '../search.ts'
import { printShortDay } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'

const { filters } = texts

type Dates = Pick<VisitFilters, 'from' | 'to' | 'last' | 'zone'>

interface DateFilterProps {
  readonly dates: Dates
  readonly onDates: (dates: Dates) => void
}

const noDates: Dates = { from: undefined, to: undefined, last: undefined, zone: undefined }
const presets = [1, 7, 30, 90, 365]

function nameOf({ zone, ...dates }: Dates): string | undefined {
  const name = spanOf(dates)
  return name === undefined || zone === undefined ? name : filters.inZone(name, zone)
}

function spanOf({ from, to, last }: Dates): string | undefined {
  if (last !== undefined) return filters.last(last)
  if (from !== undefined && to !== undefined) {
    return from === to ? printShortDay(from) : filters.span(printShortDay(from), printShortDay(to))
  }
  if (from !== undefined) return filters.since(printShortDay(from))
  return to === undefined ? undefined : filters.until(printShortDay(to))
}

function Choice({ dates, onDates }: DateFilterProps) {
  const [from, setFrom] = useState(dates.from ?? '')
  const [to, setTo] = useState(dates.to ?? '')
  const change = (next: { from: string; to: string }) => {
    setFrom(next.from)
    setTo(next.to)
    if (next.from && next.to && next.from > next.to) return
    onDates({ ...noDates, from: next.from || undefined, to: next.to || undefined })
  }
  return (
    <>
      <div className="presets">
        {presets.map((days) => (
          <Popover.Close
            key={days}
            className="item"
            aria-pressed={dates.last === days}
            onClick={() => onDates({ ...noDates, last: days })}
          >
            {filters.last(days)}
          </Popover.Close>
        ))}
      </div>
      <div className="rule" />
      <div className="span">
        <TextField
          label={filters.from}
          type="date"
          value={from}
          max={to || undefined}
          onText={(text) => change({ from: text, to })}
        />
        <TextField
          label={filters.to}
          type="date"
          value={to}
          min={from || undefined}
          onText={(text) => change({ from, to: text })}
        />
      </div>
    </>
  )
}

/** The last days, or from a day to a day. */
export function DateFilter({ dates, onDates }: DateFilterProps) {
  const name = nameOf(dates)
  const icon = <Calendar aria-hidden="true" />
  const popover = (trigger: ReactNode) => (
    <Popover.Root>
      {trigger}
      <Popover.Portal>
        <Popover.Positioner className="float" align="start" sideOffset={6}>
          <Popover.Popup className="menu dates" aria-label={filters.date}>
            <Choice dates={dates} onDates={onDates} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
  if (name === undefined) {
    const filter = <Filter name={filters.date} value={filters.any} icon={icon} />
    return popover(<Popover.Trigger render={filter} />)
  }
  return (
    <SetFilter
      icon={icon}
      onClear={() => onDates(noDates)}
      trigger={(content) =>
        popover(
          <Popover.Trigger className="chosen" aria-label={filters.date}>
            {content}
          </Popover.Trigger>,
        )
      }
    >
      {name}
    </SetFilter>
  )
}
