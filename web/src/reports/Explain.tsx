import { Popover } from '@base-ui/react/popover'
import { CircleHelp } from 'lucide-react'

import { texts } from '../texts/texts.ts'

interface ExplainProps {
  readonly name: string
  readonly text: string
}

/** What a number means, behind a question mark. */
export const Explain = ({ name, text }: ExplainProps) => (
  <Popover.Root>
    <Popover.Trigger className="explain" aria-label={texts.reports.about(name)} openOnHover>
      <CircleHelp aria-hidden="true" />
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Positioner className="float" sideOffset={6}>
        <Popover.Popup className="tip" aria-label={name}>
          {text}
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  </Popover.Root>
)
