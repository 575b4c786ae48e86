import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the repository. */
export const root = join(import.meta.dirname, '../..')

/** What a package.json says. */
export type Manifest = Readonly<Record<string, unknown>> & { readonly version: string }

/** What both packages say of themselves; their version is the repository's. */
export function sharedManifest(): { readonly version: string; readonly license: string } {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return { version, license }
}

/** Writes the package.json of the package in this folder, and beside it the licence. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}
