import './kbd.css'
import type { ReactNode } from 'react'

interface KbdProps {
  readonly children: ReactNode
}

/** A key, where it works. */
export const Kbd = ({ children }: KbdProps) => <kbd className="kbd">{children}</kbd>
