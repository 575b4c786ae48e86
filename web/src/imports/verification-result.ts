import { texts } from '../texts/texts.ts'
import type { Summary } from './summary.ts'

const { verification } = texts.imports

/** What a comparison has come to, in a sentence. */
export function resultOf({ result, visits, sampled, differences }: Summary): string {
  if (result === 'equal') return verification.equal(visits.sell, sampled)
  if (result === 'unproven') return verification.unproven(visits.sell)
  return verification.different(differences)
}
