import '../parts/controls.css'
import { Radio } from '@base-ui/react/radio'
import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useId } from 'react'

interface WayCardProps {
  readonly value: string
  readonly title: string
  readonly help: string
  readonly Icon: LucideIcon
  readonly tag?: ReactNode
  /** More to fill in, for the way that is chosen. */
  readonly children?: ReactNode
}

/** One of several ways, as a card that is chosen wherever it is clicked. */
export function WayCard({ value, title, help, Icon, tag, children }: WayCardProps) {
  const id = useId()
  return (
    <div className="setup-way">
      <label htmlFor={id}>
        <Icon aria-hidden="true" />
        <span>
          <b>{title}</b>
          {tag}
          <span className="muted">{help}</span>
        </span>
        <Radio.Root id={id} className="radio" value={value} aria-label={title} />
      </label>
      {children}
    </div>
  )
}
