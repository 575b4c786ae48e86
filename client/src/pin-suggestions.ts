import type { perPageMax } from '@doorstep/contract/limits'
import type { QueryOf } from '@doorstep/contract/operations'
import type { listPinSuggestions } from '@doorstep/contract/pin-suggestions'

import type { AnswerOf } from './answers.ts'
import type { Connection } from './connection.ts'
import { lists, type Lists } from './pages.ts'

export type PinSuggestionQuery = QueryOf<typeof listPinSuggestions>
export type PinSuggestionPage = AnswerOf<typeof listPinSuggestions>

/** Leads and contacts whose last visits agree that they are elsewhere; scope `read`. */
export type PinSuggestions = Lists<PinSuggestionQuery, PinSuggestionPage>

const path: typeof listPinSuggestions.path = '/v2/pin_suggestions'
const perPage: typeof perPageMax = 100

export const pinSuggestions = (connection: Connection): PinSuggestions =>
  lists<PinSuggestionQuery, PinSuggestionPage>(connection, path, perPage)
