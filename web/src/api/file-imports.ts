import type { FileImportOptions } from '@doorstep/client/file-imports'
import type { Import } from '@doorstep/contract/imports'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import { queryClient } from './query-client.ts'

const liveMs = 700

/** One import of files, read again while it runs. */
export const fileImportQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', 'files', id],
    queryFn: async ({ signal }) => (await client.imports.get(id, { signal })).data,
    refetchInterval: ({ state }) => (state.data?.is_running === false ? false : liveMs),
    placeholderData: () => undefined,
    staleTime: 0,
  })

export const rejectedRowsQuery = (id: number, count: number) =>
  queryOptions({
    queryKey: ['imports', 'files', id, 'rejected', count],
    queryFn: async ({ signal }) =>
      (await client.imports.rejected(id, { per_page: 20 }, { signal })).items.map(
        ({ data }) => data,
      ),
    enabled: count > 0,
    placeholderData: () => undefined,
  })

/** Imports of files, the newest first. */
export const fileImportsQuery = queryOptions({
  queryKey: ['imports', 'files'],
  queryFn: async ({ signal }) =>
    (
      await client.imports.list({ source: 'files', sort_by: 'id:desc', per_page: 10 }, { signal })
    ).items.map(({ data }) => data),
  staleTime: 0,
})

const beginning = 1024 * 1024
const packedFrom = 256 * 1024
const isPacked = (name: string): boolean => /\.(gz|zip|xlsx)$/i.test(name)

/** What a file would become; of a long CSV file only the beginning is sent. */
export async function previewFile(file: File, options: FileImportOptions, signal: AbortSignal) {
  const isCut = !isPacked(file.name) && file.size > beginning
  const content = isCut ? file.slice(0, beginning) : file
  const { data } = await client.imports.previewFiles([{ name: file.name, content }], options, {
    signal,
  })
  if (!isCut) return data
  const files = data.files.map((each) => ({ ...each, size: file.size, is_whole: false }))
  return { ...data, files }
}

/** Packs a long file for the way: tables become a tenth. */
async function packed(file: File): Promise<Blob> {
  if (isPacked(file.name) || file.size < packedFrom) return file
  return new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob()
}

export async function startFileImport(file: File, options: FileImportOptions): Promise<Import> {
  const content = await packed(file)
  const { data } = await client.imports.startFiles([{ name: file.name, content }], options)
  queryClient.setQueryData(fileImportQuery(data.id).queryKey, data)
  return data
}

/** The rejected rows of a file as they stood. */
export async function readRejectedRows(
  id: number,
  file: number,
): Promise<{ name: string; content: Blob }> {
  const { fileName, body } = await client.imports.rejectedRows(id, { file })
  return { name: fileName, content: await new Response(body).blob() }
}

export const stopFileImport = (id: number): Promise<void> => client.imports.stop(id)
