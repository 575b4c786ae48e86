import { imports } from '../texts/en/imports.ts'
import { count } from '../texts/format.ts'

interface Rejected {
  readonly field: string
  readonly reason: string
}

const whats = new Map<string, string>(Object.entries(imports.rejected.whats))

/** A sentence in place of the API's words, where a value is none of those that are known. */
export function reasonOf({ field, reason }: Rejected): string {
  const [, given] = /^must be one of: .*[,;] given: (.*)$/.exec(reason) ?? []
  if (given === undefined) return reason
  const what = whats.get(field.split('/').at(-1) ?? '') ?? imports.rejected.value
  return imports.rejected.notKnown(given.replace(/^"(.*)"$/, '$1'), what)
}

const shownMax = 3

/** "9 visited at: must be a time, 3 resource id: …": the most frequent reasons, by field. */
export function reasonsOf(rejected: readonly Rejected[]): string {
  const counts = new Map<string, number>()
  for (const { field, reason } of rejected) {
    const name = field.split('/').at(-1)?.replaceAll('_', ' ') ?? ''
    // What was given differs from item to item.
    const [given = reason] = reason.split(/, given:/)
    const plain = given.replace(/^must be one of:.*$/, imports.unknownValue)
    const why = name === '' ? plain : `${name} ${plain}`
    counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  const reasons = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, shownMax)
  if (reasons.length === 1) return reasons[0]?.[0] ?? ''
  return reasons.map(([why, times]) => `${count(times)} × ${why}`).join('; ')
}
