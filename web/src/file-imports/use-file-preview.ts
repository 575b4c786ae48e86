import { useQuery } from '@tanstack/react-query'

import { previewFile } from '../api/file-imports.ts'
import { type Choices, optionsOf, type PresetName, type Preview } from './choices.ts'
import { findSavedMap } from './saved-maps.ts'

/**
 * What the file would become; the first time as the last file with the same columns, or by the preset of
 * the product that exports such columns.
 */
async function look(file: File, choices: Choices, signal: AbortSignal): Promise<Preview> {
  const found = await previewFile(file, optionsOf(choices), signal)
  const [only, ...others] = found.files
  if (!only || choices.columns || choices.preset) return found
  const again = (more: Partial<Choices>) =>
    previewFile(file, optionsOf({ ...choices, ...more }), signal)
  const saved =
    others.length === 0 ? findSavedMap(only.columns.map(({ header }) => header)) : undefined
  // Who has chosen to go without a preset gets none out of what is saved.
  const isFit = saved && (choices.preset === undefined || saved.preset === undefined)
  if (isFit && (!choices.kind || choices.kind === saved.kind)) return again(saved)
  const preset = choices.preset === undefined && !choices.kind ? presetOfAll(found) : undefined
  return preset ? again({ preset }) : found
}

/** The product that exports all of these. */
function presetOfAll({ files }: Preview): PresetName | undefined {
  const names = new Set(files.map(({ preset }) => preset?.name))
  const [name] = names
  return names.size === 1 ? name : undefined
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
