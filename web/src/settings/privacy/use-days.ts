import { repLocationDaysMax } from '@doorstep/contract/limits'
import type { Settings } from '@doorstep/contract/settings'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { visitTotalQuery } from '../../api/visits.ts'
import { startOf, today } from '../../texts/days.ts'
import { useSaveSettings } from '../use-save-settings.ts'

/** Days that were typed; undefined: they are none, or out of bounds. */
function daysOf(typed: string): number | undefined {
  const days = Number(typed)
  return /^\d+$/.test(typed.trim()) && days >= 1 && days <= repLocationDaysMax ? days : undefined
}

/** Visits whose exact places would go at once. */
function useGoing(present: number, days: number | undefined): number | undefined {
  const isShorter = days !== undefined && days < present
  const { data, isPlaceholderData } = useQuery({
    ...visitTotalQuery({
      visited_at: {
        gte: startOf(today(), -present).toISOString(),
        lt: startOf(today(), -(days ?? present)).toISOString(),
      },
    }),
    enabled: isShorter,
  })
  return isShorter && !isPlaceholderData ? data : undefined
}

/** The days that exact places are kept, as they are and as they are typed. */
export function useDays({ days_kept: present }: Settings) {
  const [typed, setTyped] = useState(String(present))
  const save = useSaveSettings()
  const days = daysOf(typed)
  const put = (to: number, before: number, onDone: () => void) =>
    save.mutate(
      { days_kept: to },
      {
        onSuccess: () => {
          // What was typed meanwhile stays.
          setTyped((now) => (now.trim() === String(before) ? String(to) : now))
          onDone()
        },
      },
    )
  return {
    present,
    typed,
    type: setTyped,
    /** undefined: what was typed is no number of days. */
    days,
    going: useGoing(present, days),
    save,
    put,
  }
}

export type Days = ReturnType<typeof useDays>
