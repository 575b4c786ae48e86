import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'

import type { MapEngine } from '../map/engine.ts'
import { MapButtons } from '../map/MapButtons.tsx'
import { MapView } from '../map/MapView.tsx'
import { formerPin, movablePin, type MovablePin, type Place } from '../map/movable-pin.ts'
import { boundsOf, metresBetween } from '../map/places.ts'
import { useMapTheme } from '../map/use-map-theme.ts'
import { Button } from '../parts/Button.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { TextField } from '../parts/TextField.tsx'
import { addresses } from '../texts/en/addresses.ts'
import { customer } from '../texts/en/customer.ts'
import { printPlace, readPlace } from './coordinates.ts'
import { placeDots } from './place-dots.ts'

const words = addresses

export interface PinStart {
  readonly place: Place
  readonly zoom: number
  /** Whether the customer may well be there, and not only in that town. */
  readonly isGood: boolean
}

interface PinFormProps {
  readonly start: PinStart | null
  /** The pin as it is saved; null: there is none. */
  readonly saved: Place | null
  /** Where visits to the customer were. */
  readonly visits: readonly Place[]
  readonly radiusM: number
  readonly isProposal: boolean
  readonly isFocused: boolean
  readonly onSave: (place: Place) => void
  /** Beside the button that saves. */
  readonly children?: ReactNode
}

/** The zoom at which somebody sees where a pin that they typed is. */
const nearZoom = 16

type DraggedPin = Pick<PinFormProps, 'start' | 'saved' | 'visits' | 'radiusM' | 'isFocused'>

/** Around the start, so that its whole radius is seen; without one, the world. */
function lookAt({ map }: MapEngine, start: PinStart | null, radiusM: number): void {
  const bounds = start && boundsOf([{ point: start.place, radiusM }])
  if (!bounds) map.jumpTo({ center: [0, 30], zoom: 1.5 })
  else map.fitBounds(bounds, { padding: 48, maxZoom: start.zoom, animate: false })
}

/** Puts the pin on the map, and the saved one and the visits beneath. Returns how to put it elsewhere. */
function useDraggedPin(
  engine: MapEngine | undefined,
  { start, saved, visits, radiusM, isFocused }: DraggedPin,
  onMoved: (place: Place) => void,
): (to: Place) => void {
  const pin = useRef<MovablePin>(undefined)
  const put = useCallback(
    (to: Place) => {
      if (!engine) return
      if (pin.current) pin.current.moveTo(to)
      else pin.current = movablePin(engine, { place: to, name: words.pinName, radiusM, onMoved })
    },
    [engine, radiusM, onMoved],
  )
  useEffect(() => {
    if (!engine) return undefined
    lookAt(engine, start, radiusM)
    const removeFormer = saved ? formerPin(engine, saved) : undefined
    if (start) put(start.place)
    if (isFocused) pin.current?.focus()
    engine.show('visits-there', placeDots(visits))
    const onClick = ({ lngLat }: { readonly lngLat: { lng: number; lat: number } }) => {
      const to = { latitude: lngLat.lat, longitude: lngLat.lng }
      put(to)
      onMoved(to)
    }
    engine.map.on('click', onClick)
    return () => {
      engine.map.off('click', onClick)
      engine.hide('visits-there')
      removeFormer?.()
      pin.current?.remove()
      pin.current = undefined
    }
    // The start is only where it begins.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [engine])
  return put
}

/** The map with a pin to drag. It can be moved by the keyboard too, and its place typed. */
export function PinForm(props: PinFormProps) {
  const { start, saved, isProposal, onSave, children } = props
  const theme = useMapTheme()
  const isPhone = useIsPhone()
  const [engine, setEngine] = useState<MapEngine>()
  const [place, setPlace] = useState<Place | undefined>(start?.isGood ? start.place : undefined)
  const [typed, setTyped] = useState<string>()
  const setMoved = useCallback((to: Place) => {
    setTyped(undefined)
    setPlace(to)
  }, [])
  const put = useDraggedPin(engine, props, setMoved)
  const onTyped = (text: string) => {
    setTyped(text)
    const to = readPlace(text)
    if (!to) return
    setPlace(to)
    put(to)
    const zoom = Math.max(engine?.map.getZoom() ?? 0, nearZoom)
    engine?.map.jumpTo({ center: [to.longitude, to.latitude], zoom })
  }
  // Where the pin stands, also while nobody has said that the customer is there.
  const shown = place ?? start?.place
  const isWrong = typed !== undefined && typed.trim() !== '' && !readPlace(typed)
  return (
    <form
      className="pin-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (place && !isWrong) onSave(place)
      }}
    >
      <p className="muted small">
        {!start ? words.clickHelp : isPhone ? words.dropHelpPhone : words.dropHelp}
      </p>
      <div className="pin-map">
        <MapView theme={theme} onReady={setEngine} />
        {engine && <MapButtons engine={engine} name={customer.map.name} />}
      </div>
      <TextField
        label={words.coordinates}
        aside={saved && place ? words.moved(metresBetween(saved, place)) : words.coordinatesHint}
        value={typed ?? (shown ? printPlace(shown) : '')}
        onText={onTyped}
        problem={isWrong ? words.coordinatesProblem : undefined}
        inputMode="text"
        autoComplete="off"
        spellCheck={false}
      />
      <footer className="fix-foot">
        {children}
        <span className="faint small">{isProposal ? words.proposeHelp : words.judgedHelp}</span>
        <span className="spread" />
        <Button kind="primary" type="submit" disabled={!place || isWrong}>
          {isProposal ? words.proposePin : words.usePin}
        </Button>
      </footer>
    </form>
  )
}
