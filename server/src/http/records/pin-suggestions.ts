import type * as contract from '@doorstep/contract/pin-suggestions'

import type { PinSuggestion } from '../../domain/pin-suggestions.ts'
import { listPinSuggestions as list } from '../../rules/pin-suggestions.ts'
import type { Handler } from '../request/call.ts'
import { answerPage } from '../request/pages.ts'

export const listPinSuggestions: Handler<typeof contract.listPinSuggestions> = (call) =>
  answerPage(
    call,
    'pin_suggestion',
    ['id'],
    (page) => list(call.store, call.actor.accountKey, call.actor, page),
    toAnswer,
  )

const toAnswer = (suggestion: PinSuggestion): contract.PinSuggestion => ({
  resource_type: suggestion.kind,
  resource_id: suggestion.id,
  latitude: suggestion.latitude,
  longitude: suggestion.longitude,
  visits: suggestion.visits,
  distance_m: Math.round(suggestion.distanceM * 10) / 10,
})
