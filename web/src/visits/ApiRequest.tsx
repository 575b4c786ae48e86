import { texts } from '../texts/texts.ts'
import { curlOf, sdkOf } from './api-request.ts'
import { RequestMenu } from './RequestMenu.tsx'
import type { VisitsSearch } from './visits-search.ts'

interface ApiRequestProps {
  readonly search: VisitsSearch
}

/** The list that is shown as a request of the API. */
export const ApiRequest = ({ search }: ApiRequestProps) => (
  <RequestMenu
    size="small"
    help={texts.apiRequest.help}
    curl={curlOf(search)}
    sdk={sdkOf(search)}
  />
)
