import type { Customer } from '@doorstep/contract/customers'

import { relative } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

/** When a customer was last visited, in words. */
export const lastVisitOf = ({ last_visit: last }: Customer): string =>
  last ? relative(last.at, Date.now()) : texts.log.never
