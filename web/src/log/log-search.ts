import { idOf, numberOf, oneOf, severalOf, type Typed, withoutUndefined } from '../search.ts'

/** Whom the sheet begins with, if not with the nearest. */
export interface LogSearch {
  readonly type?: 'lead' | 'contact' | undefined
  /** The id of a lead or contact, beside `type`. */
  readonly customer?: number | undefined
  /** Latitude and longitude of a new lead. */
  readonly lead?: readonly number[] | undefined
}

export function parseLogSearch(typed: Typed): LogSearch {
  const customer = idOf(typed.customer)
  const lead = severalOf(numberOf, typed.lead)
  return withoutUndefined({
    type: customer === undefined ? undefined : oneOf(['lead', 'contact'], typed.type),
    customer,
    lead: lead?.length === 2 ? lead : undefined,
  })
}
