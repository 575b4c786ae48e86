import type { PinChangeDraft } from '@doorstep/client/pin-changes'

import type { Database } from './database.ts'

/** A place that a rep proposes for a customer, stored until the server has it. */
export interface Proposal {
  readonly key: string
  readonly name: string
  readonly draft: PinChangeDraft
  /** What the server said to it. It is not sent again. */
  readonly problem: string | null
}

const prefix = 'pin '
/** The key of a proposal. */
export const proposalKey = ({ key }: Pick<Proposal, 'key'>): string => prefix + key

const isProposal = (value: unknown): value is Proposal =>
  typeof value === 'object' && value !== null && 'draft' in value && 'problem' in value

/** Those that wait, also those that the server refused. */
export async function readProposals(database: Database): Promise<readonly Proposal[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  return (await database.getAll('facts', range)).filter(isProposal)
}
