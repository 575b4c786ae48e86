import { existsSync } from 'node:fs'
import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

export const isThere = (file: string): boolean => existsSync(file)

/**
 * Writes a file under another name, and gives it its own when all of it is on the disk. Answers false
 * if there is such a file that it may not replace.
 */
export async function writeWhole(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  mayReplace: boolean,
): Promise<boolean> {
  const unfinished = `${file}.${process.pid}.unfinished`
  try {
    await using handle = await open(unfinished, 'wx')
    for await (const chunk of chunks) await handle.writeFile(chunk)
    await handle.sync()
    if (mayReplace) await rename(unfinished, file)
    else await link(unfinished, file)
    await syncFolder(dirname(file))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** So that the new name is on the disk as well. Windows opens no folder, and needs none of this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}
