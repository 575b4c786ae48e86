import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import { useEffect, useRef } from 'react'

import type { Customer } from '../api/customers.ts'
import type { MapEngine } from '../map/engine.ts'
import type { Drawn } from './customer-overlay.ts'
import { allOf, firstOf } from './drawn.ts'
import { useArea } from './use-area.ts'
import { fit, fitClose } from './use-customer-map.ts'

interface Fitted {
  readonly customer: Customer
  readonly known: object | undefined
  readonly suggestion: PinSuggestion | undefined
  readonly proposal: object | undefined
  /** Changes whenever all should be shown. */
  readonly fits: number
}

/** Whether the person has moved the map: then it stays where it is. */
function useTouched(engine: MapEngine | null): { readonly current: boolean } {
  const touched = useRef(false)
  useEffect(() => {
    if (!engine) return undefined
    const note = ({ originalEvent }: { readonly originalEvent?: unknown }) => {
      if (originalEvent) touched.current = true
    }
    engine.map.on('movestart', note)
    return () => void engine.map.off('movestart', note)
  }, [engine])
  return touched
}

/** Begins with the places as they become known, and shows all of the customer when asked for. */
export function useFit(
  engine: MapEngine | null,
  { customer, known, suggestion, proposal, fits }: Fitted,
  drawn: Drawn,
  isChoosing: boolean,
): () => void {
  const touched = useTouched(engine)
  const area = useArea(customer, customer.latitude === null)
  // Without a place, the visits say best where it is.
  const first =
    firstOf(drawn, suggestion) ?? (drawn.visits.length > 0 ? allOf(drawn, suggestion) : undefined)
  const latest = useRef({ first, all: area, area })
  useEffect(() => {
    if (!isChoosing) latest.current = { first, all: allOf(drawn, suggestion), area }
  })
  const parts = [first, area, known, suggestion, proposal].map((part) => part !== undefined).join()
  useEffect(() => {
    const { first: places, area: around } = latest.current
    if (!engine || touched.current) return
    if (places) fitClose(engine, places)
    else if (around) fit(engine, around)
  }, [engine, parts, touched])
  const showAll = () => {
    const all = latest.current.all ?? latest.current.area
    if (engine && all) fit(engine, all)
  }
  useEffect(() => {
    if (fits > 0) showAll()
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [engine, fits])
  return showAll
}
