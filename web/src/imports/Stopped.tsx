import type { Import } from '@doorstep/contract/imports'

import { isTokenRefused } from '../api/token-refused.ts'
import { Message } from '../parts/Message.tsx'
import { imports } from '../texts/en/imports.ts'

const { stopped } = imports

/** What went wrong and what to do, by what the import has reported. */
function whyOf(error: string): readonly [string, string] {
  if (isTokenRefused(error)) return [stopped.refused, stopped.refusedHelp]
  if (error.includes('token belongs to')) return [stopped.otherAccount, stopped.otherAccountHelp]
  if (error.includes('does not answer')) return [stopped.silent, stopped.silentHelp]
  return [stopped.other, stopped.otherHelp]
}

/** Why an import has stopped by itself. */
export function Stopped({ sellImport }: { readonly sellImport: Import }) {
  const error = sellImport.last_error ?? ''
  const [why, help] = whyOf(error)
  return (
    <Message kind="trouble">
      <b>{why}</b> {help}
      <details className="small muted">
        <summary>{stopped.details}</summary>
        {error}
      </details>
    </Message>
  )
}
