import { Building2, MapPin } from 'lucide-react'

import type { Customer, KnownRecord } from '../api/customers.ts'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const words = texts.customer.places

const precisionOf = (precision: string | null | undefined): string | undefined =>
  Object.entries(words.precisions).find(([name]) => name === precision)?.[1]

interface CustomerPlacesProps {
  readonly customer: Customer
  readonly known: KnownRecord | undefined
}

/** Where the customer is, and how that is known. */
export function CustomerPlaces({ customer, known }: CustomerPlacesProps) {
  const { address, latitude, radius_m: radius, sites } = customer
  const how = latitude === null ? words.notPlaced : precisionOf(known?.data.location_precision)
  return (
    <section>
      <h2 className="eyebrow">{words.name}</h2>
      <ul className="places">
        <li>
          <MapPin aria-hidden="true" />
          <span className="words">
            <b>{address ?? texts.customer.noAddress}</b>
            {how && <span className="muted small">{how}</span>}
          </span>
          {latitude !== null && <span className="muted num">{metres(radius)}</span>}
        </li>
        {sites.map((site, index) => (
          <li key={`${site.latitude} ${site.longitude} ${index}`}>
            <Building2 aria-hidden="true" />
            <span className="words">
              <b>{site.name ?? words.unnamed}</b>
              <span className="muted small">{precisionOf(site.location_precision)}</span>
            </span>
            <span className="muted num">{metres(radius)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
