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
  readonly sellImport: Import | undefined
  readonly readAt: number
}

function Begun({ sellImport, readAt }: { readonly sellImport: Import; readonly readAt: number }) {
  const samples = usePace(sellImport, readAt)
  const isReading = sellImport.is_running && sellImport.phase !== 'following'
  return (
    <>
      <div className="import-grid">
        <ImportHead sellImport={sellImport} samples={samples} />
        {isReading ? (
          <Speed sellImport={sellImport} samples={samples} />
        ) : (
          <Result sellImport={sellImport} />
        )}
      </div>
      <ToLookAt sellImport={sellImport} />
      <Verification sellImport={sellImport} />
    </>
  )
}

/** The import from Sell over its API: how to start it, or how far it is. */
export function FromSell({ imports, sellImport, readAt }: FromSellProps) {
  const isStarting = useIsMutating({ mutationKey: startKey }) > 0
  const begun = sellImport && hasBegun(sellImport) && !isStarting ? sellImport : undefined
  return (
    <>
      {begun ? (
        <Begun key={begun.id} sellImport={begun} readAt={readAt} />
      ) : (
        <StartImport problem={sellImport && !isStarting ? words.token.refused : undefined} />
      )}
      <OtherImports imports={imports.filter(({ id }) => id !== sellImport?.id)} />
      <Deadline />
    </>
  )
}
