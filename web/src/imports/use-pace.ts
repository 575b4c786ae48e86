import type { Import } from '@doorstep/contract/imports'
import { useState } from 'react'

import { addSample, type Sample, sampleOf } from './pace.ts'

/** What was seen of an import in the last minute, by the times at which it was read. */
export function usePace(sellImport: Import, readAt: number): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([])
  if (samples.at(-1)?.at === readAt) return samples
  const now = addSample(samples, sampleOf(sellImport, readAt))
  setSamples(now)
  return now
}
