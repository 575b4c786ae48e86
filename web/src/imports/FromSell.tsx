import type { Import } from '@doorstep/contract/imports'
import { useIsMutating } from '@tanstack/react-query'

import { imports as words } from '../texts/en/imports.ts'
import { Deadline } from './Deadline.tsx'
import { ImportHead } from './ImportHead.tsx'
import { OtherImports } from './OtherImports.tsx'
import { hasBegun } from './phases.ts'
import { Result, Speed } from './Speed.tsx'
import { startKey, StartImport } from './StartImport.tsx'
import { ToLookAt } from './ToLookAt.tsx'
import { usePace } from './use-pace.ts'
import { Verification } from './Verification.tsx'

interface FromSellProps {
  readonly imports: readonly Import[]
  /** undefined: nothing was imported yet. */
  readonly so: Import | undefined
  readonly readAt: number
}

function Begun({ so, readAt }: { readonly so: Import; readonly readAt: number }) {
  const samples = usePace(so, readAt)
  const isReading = so.is_running && so.phase !== 'following'
  return (
    <>
      <div className="import-grid">
        <ImportHead so={so} samples={samples} />
        {isReading ? <Speed so={so} samples={samples} /> : <Result so={so} />}
      </div>
      <ToLookAt so={so} />
      <Verification so={so} />
    </>
  )
}

/** The import from Sell over its API: how to start it, or how far it is. */
export function FromSell({ imports, so, readAt }: FromSellProps) {
  const isStarting = useIsMutating({ mutationKey: startKey }) > 0
  const begun = so && hasBegun(so) && !isStarting ? so : undefined
  return (
    <>
      {begun ? (
        <Begun key={begun.id} so={begun} readAt={readAt} />
      ) : (
        <StartImport problem={so && !isStarting ? words.token.refused : undefined} />
      )}
      <OtherImports imports={imports.filter(({ id }) => id !== so?.id)} />
      <Deadline />
    </>
  )
}
