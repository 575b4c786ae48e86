import { idOf, oneOf, textOf, type Typed, withoutUndefined } from '../search.ts'

/** What lies over the sheet. */
const steps = ['choose', 'pin'] as const

/** Whom the sheet is about, if not the nearest. */
export interface LogSearch {
  readonly type?: 'lead' | 'contact' | undefined
  /** The id of a lead or contact, beside `type`. */
  readonly customer?: number | undefined
  readonly step?: (typeof steps)[number] | undefined
  /** The key of a visit in the outbox that the server refused. */
  readonly fix?: string | undefined
}

export function parseLogSearch(typed: Typed): LogSearch {
  const customer = idOf(typed.customer)
  return withoutUndefined({
    type: customer === undefined ? undefined : oneOf(['lead', 'contact'], typed.type),
    customer,
    step: oneOf(steps, typed.step),
    fix: textOf(typed.fix),
  })
}
