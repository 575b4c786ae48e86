import type { FileOption } from '../domain/file-imports.ts'

/** A path or file that cannot be read, or not as it was asked. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly option: FileOption | undefined

  constructor(message: string, option?: SourceError['option']) {
    super(message)
    this.option = option
  }
}
