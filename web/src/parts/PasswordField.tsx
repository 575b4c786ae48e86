import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'

import { texts } from '../texts/texts.ts'
import { Button } from './Button.tsx'
import { TextField, type TextFieldProps } from './TextField.tsx'

/** A password that can be looked at while it is typed. */
export function PasswordField(props: Omit<TextFieldProps, 'end' | 'type'>) {
  const [isShown, setIsShown] = useState(false)
  const Icon = isShown ? EyeOff : Eye
  const name = isShown ? texts.session.hidePassword : texts.session.showPassword
  const look = (
    <Button
      kind="ghost"
      size="small"
      isIcon
      aria-label={name}
      title={name}
      onClick={() => setIsShown(!isShown)}
    >
      <Icon />
    </Button>
  )
  return <TextField {...props} type={isShown ? 'text' : 'password'} end={look} />
}
