import type { Import } from '@doorstep/contract/imports'

import { imports } from '../texts/en/imports.ts'
import type { Summary } from './summary.ts'

const { verification } = imports

/** What a comparison has come to, in a sentence. */
export function resultOf(
  { result, visits, sampled, differences, first }: Summary,
  { rejected_count: rejected }: Pick<Import, 'rejected_count'>,
): string {
  if (result === 'equal') return verification.equal(visits.sell, sampled)
  if (result === 'unproven') return verification.unproven(visits.sell)
  const isOnlyThere = first.some(({ kind }) => kind === 'only_in_sell')
  return [
    verification.different(differences),
    ...(rejected > 0 && isOnlyThere ? [verification.withRejected] : []),
    verification.whileWorking,
  ].join(' ')
}
