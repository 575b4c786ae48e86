import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import { DomainError } from '../../domain/errors.ts'
import { isRunning } from '../../domain/importer.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { newSigningKey, signSummary } from '../../importer/sell/verify/signed-summary.ts'
import { type Verification, verifyImport } from '../../importer/sell/verify/verify.ts'
import { version } from '../secrets.ts'
import { sellApi } from './sell-options.ts'

export interface VerificationRun {
  readonly token: string
  /** The import to verify; undefined: there was none from this address. */
  readonly known: Import | undefined
  /** How many visits are requested one by one as well. */
  readonly sampleSize: number
  readonly onProgress: (read: number, expected: number) => void
  readonly signal?: AbortSignal
}

/** Requests a second beside an import that is following. */
export const sharedRate = ({ sell }: Config): number => Math.max(1, Math.floor(sell.perSecond / 2))

/** Throws `conflict` for an import that is still reading. */
export function requireRead(known: Import | undefined): void {
  if (!known || !isRunning(known, Date.now()) || known.phase === 'following') return
  throw new DomainError(
    'conflict',
    `Import ${known.id} is reading from Sell. Verify when it has finished or follows changes.`,
  )
}

/** Compares every visit with Sell's, and signs the result. Throws `conflict` as `requireRead` does. */
export async function verifyAndSign(
  store: Store,
  account: AccountKey,
  config: Config,
  { token, known, ...run }: VerificationRun,
): Promise<{ readonly found: Verification; readonly summary: ReturnType<typeof signSummary> }> {
  requireRead(known)
  const isShared = known !== undefined && isRunning(known, Date.now())
  const perSecond = isShared ? sharedRate(config) : config.sell.perSecond
  const api = sellApi({ ...config.sell, perSecond }, token)
  const startedAt = new Date()
  const found = await verifyImport({
    store,
    account,
    api,
    importId: known?.id,
    inFlight: config.sell.inFlight,
    random: Math.random,
    ...run,
  })
  const owner = await store.accounts.find(account)
  const summary = signSummary(
    {
      what: 'Visits in Doorstep compared with the visits of Sell’s API',
      made_by: `doorstep ${version}`,
      account: { id: owner?.id, name: owner?.name },
      sell: config.sell.baseUrl,
      began_at: startedAt.toISOString(),
      ended_at: new Date().toISOString(),
      requests: api.traffic.requests,
      ...printVerification(found),
    },
    await signingKey(store),
  )
  return { found, summary }
}

/** The store's own key, PEM; created when there is none. */
export const signingKey = (store: Store): Promise<string> =>
  store.secret('import_verification_key', newSigningKey())

const printVerification = (found: Verification) => ({
  result: resultOf(found),
  visits: { sell: found.there.visits, here: found.here.visits },
  changed_here: found.changedHere,
  open_conflicts: found.openConflicts,
  checksums: { sell: found.there.sum, here: found.here.sum },
  counts: found.counts,
  sample: found.sample,
  differences: { count: found.differencesCount, first: found.differences },
  gaps: found.gaps,
  rests_on: found.restsOn,
})

/** `unproven`: equal as far as both sides were read. */
export const resultOf = ({ differencesCount, gaps, sample }: Verification): string =>
  differencesCount + sample.differing.length > 0
    ? 'different'
    : gaps.length > 0
      ? 'unproven'
      : 'equal'

/** The import from this address. */
export async function findImport(
  store: Store,
  account: AccountKey,
  baseUrl: string,
): Promise<Import | undefined> {
  const page = { offset: 0, limit: 100, sort: { field: 'id', descending: true } } as const
  const { rows } = await store.imports.list(account, page, 'sell')
  return rows.find((so) => so.baseUrl === baseUrl)
}
