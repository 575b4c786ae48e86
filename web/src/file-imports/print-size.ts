import { decimal } from '../texts/format.ts'

/** "1.9 MB" */
export function printSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`
  return `${decimal(Math.round(bytes / 100_000) / 10)} MB`
}
