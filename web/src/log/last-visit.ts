import type { Customer } from '@doorstep/contract/customers'

import { relative } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

/** When a customer was last visited, in words that stay in one line. */
export const lastVisitOf = ({ last_visit: last }: Customer): string =>
  last ? relative(last.at, Date.now()).replaceAll(' ', '\u00a0') : texts.log.never
