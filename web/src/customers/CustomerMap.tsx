import './customer-map.css'
import type { PinChange } from '@doorstep/contract/pin-changes'
import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'

import { type Customer, type CustomerKey, type KnownRecord, nameOf } from '../api/customers.ts'
import { outcomesQuery } from '../api/visit-outcomes.ts'
import type { MapEngine } from '../map/engine.ts'
import { MapButtons } from '../map/MapButtons.tsx'
import { MapView } from '../map/MapView.tsx'
import { boundsOf, metresBetween } from '../map/places.ts'
import { useMapTheme } from '../map/use-map-theme.ts'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { texts } from '../texts/texts.ts'
import type { Degrees } from '../visits/mini-map-frame.ts'
import { changeCustomer } from './change-customer.ts'
import { CustomerRadius } from './CustomerRadius.tsx'
import { drawnOf, moveLine, suggestionLine, visitLine } from './drawn.ts'
import { moveAndJudge, movePin, pointOf, proposePin } from './pin-changes.ts'
import {
  fitClose,
  useDrawn,
  useNewPin,
  usePinClicks,
  useProposedPin,
  useSavedPin,
} from './use-customer-map.ts'
import { useFit } from './use-fit.ts'
import type { Rights } from './use-rights.ts'

const words = texts.customer

/** Loaded only once a pin is moved. */
const PinBar = lazy(async () => ({ default: (await import('./PinBar.tsx')).PinBar }))

interface CustomerMapProps {
  readonly customer: Customer
  readonly known: KnownRecord | undefined
  readonly visits: readonly Visit[]
  readonly suggestion: PinSuggestion | undefined
  /** Where somebody says that it is. */
  readonly proposal: PinChange | undefined
  /** The visit that is pointed at in the list. */
  readonly pointed: Visit | undefined
  readonly rights: Rights
  /** Changes whenever all should be shown. */
  readonly fits: number
}

const noOutcomes = [] as const

interface Chosen {
  /** The new place while one is being chosen. */
  readonly place: Degrees | undefined
  readonly radiusM: number | undefined
}

/** What the map shows: with the new place and radius while they are being chosen. */
function useDrawing(props: CustomerMapProps, { place, radiusM }: Chosen) {
  const { customer, known, visits, suggestion, proposal, pointed } = props
  const record = known?.data
  const saved = pointOf(record ?? customer)
  const { latitude, longitude } = saved ?? {}
  const shownM = radiusM ?? customer.radius_m
  const name = nameOf(customer)
  const drawn = useMemo(() => {
    const from =
      latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
    const lines = place
      ? moveLine(from, place)
      : pointed
        ? visitLine(pointed)
        : suggestion
          ? suggestionLine(from, suggestion, visits)
          : moveLine(from, proposal)
    const main = place ?? from
    const proposed = place ? undefined : proposal
    return drawnOf({ name, radiusM: shownM, record, main, proposed, visits }, lines)
  }, [name, shownM, record, latitude, longitude, place, visits, pointed, suggestion, proposal])
  return { saved, drawn }
}

/** Moves or proposes the pin, and sets the radius. */
function useWrites({ customer, known, rights }: CustomerMapProps) {
  const key: CustomerKey = { type: customer.resource_type, id: customer.id }
  return {
    save: async (to: Degrees, isJudging: boolean) => {
      if (isJudging) moveAndJudge(key, to)
      else if (known) await movePin(key, known, to, rights.mayMove)
    },
    propose: (to: Degrees, note: string) => proposePin(key, to, note),
    setRadius: (m: number | null) =>
      void changeCustomer(key, {
        change: { verification_radius_m: m },
        back: { verification_radius_m: known?.data.verification_radius_m ?? null },
        done: m === null ? words.radius.asForAll : words.radius.done(m),
        failed: words.radius.failed,
      }),
  }
}

interface ToolsProps extends Pick<CustomerMapProps, 'customer' | 'known' | 'rights'> {
  readonly isPlaced: boolean
  readonly onShownRadius: (radiusM: number | undefined) => void
  readonly onRadius: (radiusM: number | null) => void
  /** undefined: a new place is being chosen. */
  readonly onBegin: (() => void) | undefined
}

function Tools({ customer, known, rights, isPlaced, ...on }: ToolsProps) {
  const mayMove = isPlaced ? rights.mayMove : rights.mayPlace
  return (
    <div className="map-tools">
      {rights.mayMove && known && isPlaced && (
        <CustomerRadius
          radiusM={customer.radius_m}
          isOfAccount={(known.data.verification_radius_m ?? null) === null}
          onShown={on.onShownRadius}
          onRadius={on.onRadius}
        />
      )}
      <span className="spread" />
      {known && on.onBegin && (
        <Button onClick={on.onBegin}>
          <Pencil aria-hidden="true" />
          {!mayMove ? words.map.proposePin : isPlaced ? words.map.editPin : words.map.dropPin}
        </Button>
      )}
    </div>
  )
}

/** The customer's places, radius and visits at one scale; the pin can be dropped and moved. */
export function CustomerMap(props: CustomerMapProps) {
  const { customer, known, rights } = props
  const navigate = useNavigate()
  const theme = useMapTheme()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const [place, setPlace] = useState<Degrees>()
  const [radiusM, setRadiusM] = useState<number>()
  const { data: outcomes = noOutcomes } = useQuery(outcomesQuery)
  const { saved, drawn } = useDrawing(props, { place, radiusM })
  const writes = useWrites(props)
  useDrawn(engine, drawn, outcomes)
  useSavedPin(engine, saved, place !== undefined)
  useProposedPin(engine, place ? undefined : props.proposal)
  useNewPin(engine, place, setPlace)
  usePinClicks(
    engine,
    place !== undefined,
    (id) => void navigate({ to: '/visits/$id', params: { id: String(id) } }),
  )
  const showAll = useFit(engine, props, drawn, place !== undefined)
  const begin = () => {
    const centre = engine?.map.getCenter()
    if (engine && saved) {
      const circle = boundsOf([{ point: saved, radiusM: customer.radius_m }])
      if (circle) fitClose(engine, circle, true)
    }
    setPlace(saved ?? (centre && { latitude: centre.lat, longitude: centre.lng }))
  }
  const end = () => setPlace(undefined)
  useKeys(place ? { escape: end } : {})
  return (
    <section className="customer-map" aria-label={words.map.name}>
      <MapView theme={theme} onReady={setEngine}>
        <Tools
          customer={customer}
          known={known}
          rights={rights}
          isPlaced={saved !== undefined}
          onShownRadius={setRadiusM}
          onRadius={writes.setRadius}
          onBegin={place ? undefined : begin}
        />
        {engine && <MapButtons engine={engine} name={words.map.name} onShowAll={showAll} />}
        {!saved && !place && (
          <div className="not-placed">
            <b>{words.map.notPlacedTitle}</b>
            <p className="muted">{words.map.notPlacedHelp}</p>
          </div>
        )}
        <Suspense>
          {place && (
            <PinBar
              movedM={saved ? metresBetween(saved, place) : null}
              mayMove={saved ? rights.mayMove : rights.mayPlace}
              mayJudge={rights.mayMove && customer.visits_count > 0}
              onSave={(isJudging) => void writes.save(place, isJudging).then(end)}
              onPropose={(note) => {
                writes.propose(place, note)
                end()
              }}
              onCancel={end}
            />
          )}
        </Suspense>
      </MapView>
    </section>
  )
}
