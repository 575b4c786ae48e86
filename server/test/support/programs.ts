import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where Debian has programs that are not on everyone's PATH. */
const furtherFolders = ['/usr/sbin', '/usr/local/sbin']

/** Whether the program can be run; prints what is not tested otherwise. */
export function hasProgram(program: string, tested: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const found = [...folders, ...furtherFolders].some((folder) =>
    isExecutable(join(folder, program)),
  )
  if (!found) console.log(`NOT RUN: ${tested}, since this machine has no ${program}.`)
  return found
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
