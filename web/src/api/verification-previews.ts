import type { VerificationPreview } from '@doorstep/contract/verification-previews'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

export type PreviewedVisit = VerificationPreview['visits'][number]

/** What another radius would have made of the last findings. */
export const radiusPreviewQuery = (radiusM: number) =>
  queryOptions({
    queryKey: ['settings', 'radius', radiusM],
    queryFn: async ({ signal }) =>
      (await client.settings.previewRadius({ radius_m: radiusM }, { signal })).data,
  })
