import { useQuery } from '@tanstack/react-query'

import { previewFile } from '../api/file-imports.ts'
import { type Choices, optionsOf, type Preview } from './choices.ts'
import { findSavedMap } from './saved-maps.ts'

/** What the file would become; the first time as the last file with the same columns. */
async function look(file: File, choices: Choices, signal: AbortSignal): Promise<Preview> {
  const found = await previewFile(file, optionsOf(choices), signal)
  const [only, ...others] = found.files
  if (!only || others.length > 0 || choices.columns) return found
  const saved = findSavedMap(only.columns.map(({ header }) => header))
  if (!saved || (choices.kind && choices.kind !== saved.kind)) return found
  return previewFile(file, optionsOf({ ...choices, ...saved }), signal)
}

export const useFilePreview = (file: File | undefined, choices: Choices) =>
  useQuery({
    queryKey: ['imports', 'preview', file?.name, file?.size, file?.lastModified, choices],
    queryFn: ({ signal }): Promise<Preview> =>
      file ? look(file, choices, signal) : Promise.reject(new Error('no file')),
    enabled: file !== undefined,
    // The last one of the same file stands while what was chosen is looked at.
    placeholderData: (before, query) => (query?.queryKey[2] === file?.name ? before : undefined),
    staleTime: Infinity,
    gcTime: 0,
  })
