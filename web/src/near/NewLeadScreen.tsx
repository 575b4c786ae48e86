import './near.css'
import './near-list.css'
import './why.css'
import './place.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'

import { sessionQuery } from '../api/sessions.ts'
import { mapEngine } from '../map/engine.ts'
import { useMapTheme } from '../map/use-map-theme.ts'
import { useLeadDrafts } from '../offline/lead-draft.ts'
import { type Here, useHere } from '../offline/use-here.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { oneOf } from '../search.ts'
import { texts } from '../texts/texts.ts'
import { type LeadStart, leadStart } from './lead-start.ts'
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
  readonly start: LeadStart
  readonly here: Here
  readonly userId: number
}

function NewLead({ start, here, userId }: NewLeadProps) {
  const navigate = useNavigate()
  const near = useNear(everybody, here, null)
  const [first] = useState(start)
  const form = useLeadForm(first.draft, here.fix, first.isPlaced)
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
  const search: NewLeadSearch = route.useSearch()
  const here = useHere()
  const middle = useMiddle()
  const drafts = useLeadDrafts()
  const { data: session } = useQuery(sessionQuery)
  // The pin of a phone that may tell where it is begins there.
  const isSettled = here.state !== 'unclear'
  const { draft: begunAt } = search
  if (begunAt === undefined || !drafts || !session || !isSettled) return <Skeleton rows={6} />
  const start = leadStart({ ...search, draft: begunAt }, drafts, here.fix ?? middle)
  return <NewLead key={begunAt} start={start} here={here} userId={session.user.id} />
}
