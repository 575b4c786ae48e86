/** A path or file that cannot be read, or not as it was asked. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  /** The option of the import that helps, by its name in the API. */
  readonly option: 'encoding' | 'map' | undefined

  constructor(message: string, option?: SourceError['option']) {
    super(message)
    this.option = option
  }
}
