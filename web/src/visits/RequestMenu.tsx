import './visit-menus.css'
import { Popover } from '@base-ui/react/popover'
import { CodeXml, Copy } from 'lucide-react'
import { useState } from 'react'

import { basePath } from '../base-path.ts'
import { Button, type ButtonLook, buttonClass } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { Segmented } from '../parts/Segmented.tsx'
import { texts } from '../texts/texts.ts'

const { apiRequest } = texts

export interface RequestProps {
  readonly help: string
  readonly curl: string
  readonly sdk: string
}

interface RequestMenuProps extends RequestProps {
  readonly size?: ButtonLook['size']
}

function Request({ help, curl, sdk }: RequestProps) {
  const [language, setLanguage] = useState<'curl' | 'sdk'>('curl')
  const code = language === 'curl' ? curl : sdk
  return (
    <>
      <p className="faint small">{help}</p>
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
        rows={code.split('\n').length + 1}
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

/** What a screen shows as a request of the API, to be copied. */
export const RequestMenu = ({ size, ...request }: RequestMenuProps) => (
  <Popover.Root>
    <Popover.Trigger className={buttonClass({ size })}>
      <CodeXml aria-hidden="true" />
      {apiRequest.name}
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Positioner className="float" align="end" sideOffset={6}>
        <Popover.Popup className="menu api-request" aria-label={apiRequest.name}>
          <Request {...request} />
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  </Popover.Root>
)
