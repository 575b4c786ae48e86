import './near.css'
import './near-list.css'
import './why.css'
import './place.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'

import { sessionQuery } from '../api/queries.ts'
import { mapEngine } from '../map/engine.ts'
import { useMapTheme } from '../map/use-map-theme.ts'
import type { LeadDraft } from '../offline/database.ts'
import { useLeadDraft } from '../offline/lead-draft.ts'
import { type Here, useHere } from '../offline/use-here.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { oneOf } from '../search.ts'
import { texts } from '../texts/texts.ts'
import type { NearSearch, NewLeadSearch } from './near-search.ts'
import { NewLeadForm } from './NewLeadForm.tsx'
import { NewLeadMap } from './NewLeadMap.tsx'
import { useLeadForm } from './use-lead-form.ts'
import { useNear } from './use-near.ts'

const route = getRouteApi('/shell/near/new')
const words = texts.newLead
const everybody: NearSearch = {}

interface NewLeadProps {
  /** With what it begins. */
  readonly start: LeadDraft
  /** Whether the pin's place was chosen. */
  readonly isPlaced: boolean
  readonly here: Here
  readonly userId: number
}

function NewLead({ start, isPlaced, here, userId }: NewLeadProps) {
  const navigate = useNavigate()
  const near = useNear(everybody, here, null)
  const [first] = useState(start)
  const form = useLeadForm(first, here.fix, isPlaced)
  const open = (key: string) => {
    const [word, id = ''] = key.split('/')
    const type = oneOf(['lead', 'contact'], word)
    if (type) void navigate({ to: '/customers/$type/$id', params: { type, id } })
  }
  return (
    <div className="place-screen no-tabs">
      <NewLeadMap place={form.draft} fix={here.fix} near={near} onMoved={form.move} onPin={open} />
      <Link className="near-button close" to="/near" aria-label={words.close}>
        <X aria-hidden="true" />
      </Link>
      <NewLeadForm form={form} fix={here.fix} customers={near.customers} userId={userId} />
    </div>
  )
}

/** Where the map was left: the start of a pin that has no other. */
function useMiddle() {
  const engine = mapEngine(useMapTheme())
  const { lat, lng } = engine?.map.getCenter().wrap() ?? { lat: 0, lng: 0 }
  return { latitude: lat, longitude: lng }
}

/** A lead where the rep stands, or where the map was pressed. */
export function NewLeadScreen() {
  useTitle(words.title)
  const { at, name }: NewLeadSearch = route.useSearch()
  const here = useHere()
  const middle = useMiddle()
  const draft = useLeadDraft()
  const { data: session } = useQuery(sessionQuery)
  // The pin of a phone that may tell where it is begins there.
  const isSettled = here.state !== 'unclear'
  if (draft === undefined || !session || !isSettled) return <Skeleton rows={6} />
  const [latitude, longitude] = at ?? []
  const pressed = latitude === undefined || longitude === undefined ? null : { latitude, longitude }
  const kept = draft && { latitude: draft.latitude, longitude: draft.longitude }
  const place = pressed ?? kept ?? here.fix ?? middle
  const start: LeadDraft = {
    name: name ?? draft?.name ?? '',
    address: draft?.address ?? '',
    phone: draft?.phone ?? '',
    note: draft?.note ?? '',
    latitude: place.latitude,
    longitude: place.longitude,
    attempt: draft?.attempt,
  }
  return (
    <NewLead
      start={start}
      isPlaced={pressed !== null || kept !== null}
      here={here}
      userId={session.user.id}
    />
  )
}
