import './message.css'
import { CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { classes } from './classes.ts'

interface MessageProps {
  readonly kind: 'trouble' | 'warning' | 'info' | 'done'
  readonly children: ReactNode
  /** At its end. */
  readonly action?: ReactNode
}

const icons = { trouble: TriangleAlert, warning: TriangleAlert, info: Info, done: CircleCheck }

/** Says in a sentence what is so and what happens next. */
export function Message({ kind, children, action }: MessageProps) {
  const Icon = icons[kind]
  return (
    <div className={classes('message', kind)} role={kind === 'trouble' ? 'alert' : 'status'}>
      <Icon aria-hidden="true" />
      <div>{children}</div>
      {action}
    </div>
  )
}
