import './tag.css'
import type { ReactNode } from 'react'

import { classes } from './classes.ts'

interface TagProps {
  readonly kind?: 'plain' | 'warning' | 'accent' | 'done' | undefined
  readonly children: ReactNode
}

/** A word about something that stands beside it. */
export const Tag = ({ kind = 'plain', children }: TagProps) => (
  <span className={classes('tag', kind)}>{children}</span>
)
