import './pin-proposal.css'
import type { Customer } from '@doorstep/contract/customers'
import { pinNoteLengthMax } from '@doorstep/contract/limits'
import { Crosshair } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

import { useManager } from '../api/use-manager.ts'
import type { MapEngine } from '../map/engine.ts'
import { MapView } from '../map/MapView.tsx'
import { formerPin, type MovablePin, movablePin } from '../map/movable-pin.ts'
import { boundsOf, metresBetween } from '../map/places.ts'
import { useMapTheme } from '../map/use-map-theme.ts'
import { useHereDrawn } from '../near/use-near-map.ts'
import { recordKey } from '../offline/database.ts'
import type { Fix } from '../offline/fixes.ts'
import { phoneStore } from '../offline/phone.ts'
import { proposePin } from '../offline/proposals.ts'
import { Message } from '../parts/Message.tsx'
import { say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { CloseButton } from './CloseButton.tsx'
import { NoteField } from './NoteField.tsx'
import { pinOverlay } from './pin-overlay.ts'
import type { Point } from './preview.ts'
import { emptyForm, nobody, useDraft } from './use-draft.ts'

const { log } = texts
const words = log.pin

interface PinProposalProps {
  readonly customer: Customer
  readonly fix: Fix | null
  readonly onClose: () => void
}

/** Where somebody starts who knows neither place. */
const middleOf = (engine: MapEngine): Point => {
  const { lat, lng } = engine.map.getCenter()
  return { latitude: lat, longitude: lng }
}

/** About a decimetre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** Shows all of these places. */
function fit({ map }: MapEngine, places: readonly Point[], radiusM: number): void {
  const bounds = boundsOf(places.map((point) => ({ point, radiusM })))
  if (bounds) map.fitBounds(bounds, { padding: 64, maxZoom: 17, animate: false })
}

/** The saved pin, hollow, and a new one that is dragged; it begins where the phone is. */
function usePins(engine: MapEngine | null, saved: Point | null, fix: Fix | null, radiusM: number) {
  const [place, setPlace] = useState<Point | null>(null)
  const pin = useRef<MovablePin>(null)
  const first = useRef(fix)
  const isMoved = useRef(false)
  useEffect(() => {
    if (!engine) return undefined
    const start = first.current ?? saved ?? middleOf(engine)
    fit(engine, saved ? [start, saved] : [start], radiusM)
    const endFormer = saved && formerPin(engine, saved)
    pin.current = movablePin(engine, {
      place: start,
      name: words.label,
      radiusM,
      onMoved(to) {
        isMoved.current = true
        setPlace(to)
      },
    })
    setPlace(start)
    return () => {
      pin.current?.remove()
      endFormer?.()
    }
  }, [engine, saved, radiusM])
  const moveTo = useCallback(({ latitude, longitude }: Point) => {
    pin.current?.moveTo({ latitude, longitude })
    setPlace({ latitude, longitude })
  }, [])
  useEffect(() => {
    // The phone may find its place only now.
    if (!engine || !fix || first.current || isMoved.current) return
    first.current = fix
    moveTo(fix)
    fit(engine, saved ? [fix, saved] : [fix], radiusM)
  }, [engine, fix, saved, radiusM, moveTo])
  return { place, moveTo }
}

const overlay = 'pin-proposal'

/** Draws both pins' names, the way between them, and where the phone is. */
function useDrawn(
  engine: MapEngine | null,
  saved: Point | null,
  place: Point | null,
  fix: Fix | null,
  radiusM: number,
): void {
  useEffect(
    () => engine?.show(overlay, pinOverlay(saved, place, radiusM)),
    [engine, saved, place, radiusM],
  )
  useEffect(() => () => engine?.hide(overlay), [engine])
  useHereDrawn(engine, fix, null)
}

/** Shows where the door is; a manager decides. */
export function PinProposal({ customer, fix, onClose }: PinProposalProps) {
  const theme = useMapTheme()
  const manager = useManager()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const key = `pin ${recordKey(customer.resource_type, customer.id)}`
  const { form = emptyForm, change } = useDraft(key, nobody)
  const { note } = form
  const [isFailed, setIsFailed] = useState(false)
  const { latitude, longitude } = customer
  const saved = useMemo(
    () => (latitude === null || longitude === null ? null : { latitude, longitude }),
    [latitude, longitude],
  )
  const { place, moveTo } = usePins(engine, saved, fix, customer.radius_m)
  useDrawn(engine, saved, place, fix, customer.radius_m)
  const over = Math.max(0, [...note].length - pinNoteLengthMax)
  const propose = async () => {
    if (!place || over > 0) return
    const { resource_type, id: resource_id, name } = customer
    try {
      await proposePin(name, {
        resource_type,
        resource_id,
        latitude: rounded(place.latitude),
        longitude: rounded(place.longitude),
        note: note.trim() || null,
      })
      await (await phoneStore()).drafts.drop(key)
      say(navigator.onLine ? words.proposed : words.offline)
      onClose()
    } catch {
      setIsFailed(true)
    }
  }
  return (
    <>
      <CloseButton onClose={onClose} />
      <div className="log-map">
        <MapView theme={theme} onReady={setEngine} />
        {fix && (
          <button type="button" className="map-button here" onClick={() => moveTo(fix)}>
            <Crosshair aria-hidden="true" />
            {words.here}
          </button>
        )}
      </div>
      <div className="log-sheet">
        <header className="log-head">
          <h1>{words.title}</h1>
          <p>{words.help(customer.name)}</p>
        </header>
        <Distances place={place} saved={saved} fix={fix} />
        <NoteField note={note} onNote={(text) => change({ note: text })} over={over} />
        {isFailed && <Message kind="trouble">{words.failed}</Message>}
        <div className="log-foot">
          <p className="hint">{words.nothingChanges(manager)}</p>
          <button type="button" className="save" onClick={() => void propose()}>
            {words.propose(manager)}
          </button>
        </div>
      </div>
    </>
  )
}

interface DistancesProps {
  readonly place: Point | null
  readonly saved: Point | null
  readonly fix: Fix | null
}

/** How far both are from the phone, or from each other where the phone does not know its place. */
function Distances({ place, saved, fix }: DistancesProps) {
  const from = fix ?? saved
  const say = fix ? words.fromYou : words.fromSaved
  return (
    <dl className="pin-distances num">
      <div>
        <dt>{words.fresh}</dt>
        <dd>{place && from ? say(metresBetween(from, place)) : words.unknown}</dd>
      </div>
      <div>
        <dt>{words.saved}</dt>
        <dd>
          {saved ? (fix ? words.fromYou(metresBetween(fix, saved)) : words.unknown) : words.none}
        </dd>
      </div>
    </dl>
  )
}
