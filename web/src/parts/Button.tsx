import './button.css'
import type { ButtonHTMLAttributes, Ref } from 'react'

import { classes } from './classes.ts'
import { Kbd } from './Kbd.tsx'

export interface ButtonLook {
  /** One primary button a view; everything else is quiet. */
  readonly kind?: 'primary' | 'quiet' | 'ghost' | 'danger' | undefined
  readonly size?: 'small' | 'medium' | 'large' | undefined
  /** As wide as what it stands in. */
  readonly isWide?: boolean | undefined
  /** Only an icon, so it needs an aria-label. */
  readonly isIcon?: boolean | undefined
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, ButtonLook {
  /** The key that does the same, shown in it. */
  readonly hint?: string | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** The class names of a button, for links that look like one. */
export const buttonClass = ({ kind = 'quiet', size = 'medium', isWide, isIcon }: ButtonLook) =>
  classes('button', kind, size, isWide && 'wide', isIcon && 'icon')

export function Button(props: ButtonProps) {
  const { kind, size, isWide, isIcon, hint, className, children, type = 'button', ...rest } = props
  const look = classes(buttonClass({ kind, size, isWide, isIcon }), className)
  return (
    <button type={type} className={look} {...rest}>
      {children}
      {hint !== undefined && <Kbd>{hint}</Kbd>}
    </button>
  )
}
