import './tip.css'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

import { Kbd } from './Kbd.tsx'

interface TipProps {
  readonly text: ReactNode
  /** The key that does the same. */
  readonly hint?: string | undefined
  readonly side?: 'top' | 'right' | undefined
  /** What it is about; its own name has to say as much. */
  readonly children: ReactElement
}

/** More about a control, while it is pointed at or has the focus. */
export const Tip = ({ text, hint, side = 'top', children }: TipProps) => (
  <Tooltip.Root>
    <Tooltip.Trigger render={children} />
    <Tooltip.Portal>
      <Tooltip.Positioner className="float" side={side} sideOffset={6}>
        <Tooltip.Popup className="tip">
          {text}
          {hint !== undefined && <Kbd>{hint}</Kbd>}
        </Tooltip.Popup>
      </Tooltip.Positioner>
    </Tooltip.Portal>
  </Tooltip.Root>
)
