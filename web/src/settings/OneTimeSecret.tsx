import { Copy } from 'lucide-react'
import { useEffect, useRef } from 'react'

import { Button } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { texts } from '../texts/texts.ts'

interface OneTimeSecretProps {
  /** What it is, read aloud. */
  readonly name: string
  readonly secret: string
}

/** What is shown only now: whole, selected, and copied with one click. */
export function OneTimeSecret({ name, secret }: OneTimeSecretProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [secret])
  return (
    <div className="one-time-secret">
      <input
        ref={field}
        className="mono"
        readOnly
        aria-label={name}
        value={secret}
        onFocus={({ target }) => target.select()}
      />
      <Button onClick={() => void copy(secret, texts.settings.copied)}>
        <Copy />
        {texts.settings.copy}
      </Button>
    </div>
  )
}
