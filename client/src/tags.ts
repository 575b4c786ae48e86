const tags = new WeakMap<object, string>()

/**
 * The ETag with which the server sent this answer, for `ifMatch`. An object that was copied or
 * stored has none; keep its tag beside it.
 */
export const etagOf = (answer: object): string | undefined => tags.get(answer)

/** Remembers the tag for as long as the caller keeps the answer. */
export function noteTag(answer: unknown, { headers }: Pick<Response, 'headers'>): void {
  const tag = headers.get('ETag')
  if (tag !== null && typeof answer === 'object' && answer !== null) tags.set(answer, tag)
}
