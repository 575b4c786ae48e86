/** A path or file that cannot be read, or not as it was asked. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}
