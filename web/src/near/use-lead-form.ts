import { useEffect, useRef, useState } from 'react'

import type { LeadAttempt, LeadDraft } from '../offline/database.ts'
import type { Fix } from '../offline/fixes.ts'
import { dropLeadDraft, keepLeadDraft } from '../offline/lead-draft.ts'

const keepMs = 300

export type LeadText = 'name' | 'address' | 'phone' | 'note'

export interface LeadForm {
  readonly draft: LeadDraft
  readonly write: (field: LeadText, text: string) => void
  readonly move: (place: Pick<LeadDraft, 'latitude' | 'longitude'>) => void
  /** What is being sent is kept before it is; undefined: it need not be sent again. */
  readonly keepAttempt: (attempt: LeadAttempt | undefined) => Promise<void>
  /** Nothing more is kept. */
  readonly end: () => void
}

const isEmpty = ({ name, address, phone, note }: LeadDraft): boolean =>
  `${name}${address}${phone}${note}`.trim() === ''

/** What is typed, each key of which is kept on this phone; the pin stays with the fix until it is moved. */
export function useLeadForm(start: LeadDraft, fix: Fix | null, isPlaced: boolean): LeadForm {
  const [draft, setDraft] = useState(start)
  const isMoved = useRef(isPlaced)
  const latest = useRef<LeadDraft | null>(null)
  const isOver = useRef(false)

  const { latitude, longitude } = fix ?? {}
  useEffect(() => {
    if (isMoved.current || latitude === undefined || longitude === undefined) return
    setDraft((before) => ({ ...before, latitude, longitude }))
  }, [latitude, longitude])

  useEffect(() => {
    if (draft === start || isOver.current) return undefined
    latest.current = draft
    const timer = setTimeout(() => {
      if (!isOver.current)
        void (isEmpty(draft) ? dropLeadDraft(draft.begunAt) : keepLeadDraft(draft))
    }, keepMs)
    return () => clearTimeout(timer)
  }, [draft, start])
  // What was typed last is kept as well.
  useEffect(
    () => () => {
      if (latest.current && !isEmpty(latest.current)) void keepLeadDraft(latest.current)
    },
    [],
  )

  return {
    draft,
    write: (field, text) => setDraft((before) => ({ ...before, [field]: text })),
    move: (place) => {
      isMoved.current = true
      setDraft((before) => ({ ...before, ...place }))
    },
    keepAttempt: async (attempt) => {
      setDraft((before) => ({ ...before, attempt }))
      await keepLeadDraft({ ...draft, attempt })
    },
    end: () => {
      isOver.current = true
      latest.current = null
    },
  }
}
