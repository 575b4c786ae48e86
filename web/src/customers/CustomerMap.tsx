import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'

import type { Customer, CustomerKey, KnownRecord } from '../api/customers.ts'
import { outcomesQuery } from '../api/outcomes.ts'
import type { MapEngine } from '../map/engine.ts'
import { MapView } from '../map/MapView.tsx'
import { useMapTheme } from '../map/use-map-theme.ts'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { texts } from '../texts/texts.ts'
import type { Degrees } from '../visits/mini-map-frame.ts'
import { changeCustomer } from './change-customer.ts'
import { nameOf } from './customer-columns.tsx'
import { allOf, drawnOf, moveLine, suggestionLine, visitLine } from './drawn.ts'
import { MapButtons } from './MapButtons.tsx'
import { moveAndJudge, movePin, pointOf, proposePin } from './pin-writes.ts'
import { PinBar } from './PinBar.tsx'
import { metresBetween } from './places.ts'
import { RadiusSlider } from './RadiusSlider.tsx'
import { fit, useDrawn, useNewPin, usePinClicks, useSavedPin } from './use-customer-map.ts'
import type { Rights } from './use-rights.ts'

const words = texts.customer

interface CustomerMapProps {
  readonly customer: Customer
  readonly known: KnownRecord | undefined
  readonly visits: readonly Visit[]
  readonly suggestion: PinSuggestion | undefined
  /** The visit that is pointed at in the list. */
  readonly pointed: Visit | undefined
  readonly rights: Rights
  /** Changes whenever all should be shown. */
  readonly fits: number
}

const noOutcomes = [] as const

export function CustomerMap(props: CustomerMapProps) {
  const { customer, known, visits, suggestion, pointed, rights, fits } = props
  const key: CustomerKey = { type: customer.resource_type, id: customer.id }
  const navigate = useNavigate()
  const theme = useMapTheme()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const [chosen, setChosen] = useState<Degrees>()
  const [draggedM, setDraggedM] = useState<number>()
  const { data: outcomes = noOutcomes } = useQuery(outcomesQuery)
  const record = known?.data
  const saved = pointOf(record ?? customer)
  const { latitude, longitude } = saved ?? {}
  const radiusM = draggedM ?? customer.radius_m
  const name = nameOf(customer)

  const drawn = useMemo(() => {
    const from =
      latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
    const lines = chosen
      ? moveLine(from, chosen)
      : pointed
        ? visitLine(pointed)
        : suggestionLine(from, suggestion)
    return drawnOf({ name, radiusM, record, main: chosen ?? from, visits }, lines)
  }, [name, radiusM, record, latitude, longitude, chosen, visits, pointed, suggestion])
  useDrawn(engine, drawn, outcomes)
  useSavedPin(engine, saved, chosen !== undefined)
  useNewPin(engine, chosen, setChosen)
  usePinClicks(
    engine,
    chosen !== undefined,
    (id) => void navigate({ to: '/visits/$id', params: { id: String(id) } }),
  )

  const bounds = allOf(drawn, suggestion)
  const latest = useRef(bounds)
  useEffect(() => {
    latest.current = bounds
  })
  const hasBounds = bounds !== undefined
  const areVisitsRead = visits.length > 0
  const showAll = () => engine && latest.current && fit(engine, latest.current)
  useEffect(() => {
    if (engine && hasBounds && latest.current) fit(engine, latest.current)
  }, [engine, hasBounds, areVisitsRead, fits])

  const begin = () => {
    const centre = engine?.map.getCenter()
    setChosen(saved ?? (centre && { latitude: centre.lat, longitude: centre.lng }))
  }
  const end = () => setChosen(undefined)
  const mayMove = saved ? rights.mayMove : rights.mayPlace
  const save = async (isJudging: boolean) => {
    if (!chosen || !known) return
    if (isJudging) moveAndJudge(key, chosen, words.suggestion.accepted, () => {})
    else await movePin(key, known, chosen, rights.mayMove)
    end()
  }
  const setRadius = (m: number | null) => {
    const back = record?.verification_radius_m ?? null
    void changeCustomer(key, {
      change: { verification_radius_m: m },
      back: { verification_radius_m: back },
      done: m === null ? words.radius.asForAll : words.radius.done(m),
      failed: words.radius.failed,
    })
  }
  useKeys(chosen ? { escape: end } : {})
  return (
    <section className="customer-map" aria-label={words.map.name}>
      <MapView theme={theme} onReady={setEngine}>
        <div className="map-tools">
          {rights.mayMove && known && (
            <RadiusSlider
              radiusM={customer.radius_m}
              isOfAccount={(record?.verification_radius_m ?? null) === null}
              onShown={setDraggedM}
              onRadius={setRadius}
            />
          )}
          <span className="spread" />
          {known && !chosen && (
            <Button size="small" onClick={begin}>
              <Pencil aria-hidden="true" />
              {!mayMove ? words.map.proposePin : saved ? words.map.editPin : words.map.dropPin}
            </Button>
          )}
        </div>
        {engine && <MapButtons engine={engine} onFit={showAll} />}
        {!saved && !chosen && (
          <div className="not-placed">
            <b>{words.map.notPlacedTitle}</b>
            <p className="muted">{words.map.notPlacedHelp}</p>
          </div>
        )}
        {chosen && (
          <PinBar
            movedM={saved ? metresBetween(saved, chosen) : null}
            mayMove={mayMove}
            mayJudge={rights.isAdmin && customer.visits_count > 0}
            onSave={(isJudging) => void save(isJudging)}
            onPropose={(note) => {
              proposePin(key, chosen, note)
              end()
            }}
            onCancel={end}
          />
        )}
      </MapView>
    </section>
  )
}
