import { Popover } from '@base-ui/react/popover'
import { CodeXml, Copy } from 'lucide-react'
import { useState } from 'react'

import { basePath } from '../base-path.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { Segmented } from '../parts/Segmented.tsx'
import { texts } from '../texts/texts.ts'
import { curlOf, sdkOf } from './api-request.ts'
import type { VisitsSearch } from './visits-search.ts'

const { apiRequest } = texts

interface ApiRequestProps {
  readonly search: VisitsSearch
}

function Request({ search }: ApiRequestProps) {
  const [language, setLanguage] = useState<'curl' | 'sdk'>('curl')
  const code = language === 'curl' ? curlOf(search) : sdkOf(search)
  return (
    <>
      <p className="faint small">{apiRequest.help}</p>
      <Segmented
        name={apiRequest.language}
        value={language}
        onValue={setLanguage}
        choices={[
          { value: 'curl', name: apiRequest.languages.curl },
          { value: 'sdk', name: apiRequest.languages.sdk },
        ]}
      />
      <textarea
        className="code"
        aria-label={apiRequest.name}
        readOnly
        rows={code.split('\n').length + 3}
        value={code}
      />
      <div className="foot">
        <a className="link" href={`${basePath}/docs`}>
          {apiRequest.documentation}
        </a>
        <Button size="small" onClick={() => void copy(code, texts.visits.copied)}>
          <Copy aria-hidden="true" />
          {apiRequest.copy}
        </Button>
      </div>
    </>
  )
}

/** The list that is shown as a request of the API. */
export const ApiRequest = ({ search }: ApiRequestProps) => (
  <Popover.Root>
    <Popover.Trigger className={buttonClass({ size: 'small' })}>
      <CodeXml aria-hidden="true" />
      {apiRequest.name}
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Positioner className="float" align="end" sideOffset={6}>
        <Popover.Popup className="menu api-request" aria-label={apiRequest.name}>
          <Request search={search} />
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  </Popover.Root>
)
