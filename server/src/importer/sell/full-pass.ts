import { findTop } from './api/stream.ts'
import type { Ledger } from './ledger.ts'
import type { ImportSellOptions } from './options.ts'
import { streamOf, visitList } from './read/lists.ts'
import { namedLists } from './read/named-sources.ts'
import { refreshLists } from './read/refresh.ts'

const nothingRead = {
  gaps: [],
  restsOn: [],
  lists: [],
  recordPositions: {},
  notGiven: {},
  reads: {},
  secondLook: { ranges: 0, checked: 0 },
}
const planned = ['visits', 'leads', 'contacts', 'users', 'visit_outcomes'] as const

/** Why the stream is not read any more once Sell has rejected its own positions repeatedly. */
export const forgetful = 'it does not recognise its own positions'

/** The newest end of the stream, after which changes are saved. */
async function findPosition({ api, signal, clock }: ImportSellOptions) {
  const { position, refusal } = await findTop(api, streamOf(visitList), signal)
  return { position, topAt: position === null ? null : clock(), streamRefusal: refusal }
}

/**
 * Notes the stream's position before the lists are read. A finished import resumes with the changes
 * since then; without a position they are unknown, so a full pass starts.
 */
export async function begin(ledger: Ledger, options: ImportSellOptions): Promise<void> {
  const { phase } = ledger.current
  if (ledger.progress.position !== null) {
    if (phase !== 'done') return
    await ledger.note({ phase: 'changes', finishedAt: null })
    await refreshLists(ledger, options)
    return
  }
  const found = await findPosition(options)
  if (phase === 'lists') await ledger.note({ progress: found })
  else if (phase === 'done' || found.position !== null) {
    await startFullPass(ledger, options, found)
  } else await ledger.note({ progress: { streamRefusal: found.streamRefusal } })
}

/**
 * Starts to read everything again, from the stream's present position: what changed since the last
 * full pass is unknown. One transaction, so that no old range counts for the new pass.
 */
export async function startFullPass(
  ledger: Ledger,
  options: ImportSellOptions,
  given?: Awaited<ReturnType<typeof findPosition>>,
): Promise<void> {
  const found = given ?? (await findPosition(options))
  const { pass } = ledger.progress
  await ledger.enter({
    list: 'visits',
    items: [],
    phase: 'lists',
    progress: { ...found, ...nothingRead, pass: pass + 1 },
    before: async (tx) => {
      const { id } = ledger.current
      for (const list of [...planned, ...namedLists]) {
        await tx.imports.removeList(id, list)
      }
    },
  })
}

/** Whether a stream that could not be read at the last full pass can be read now. */
export async function isReadableAgain(
  { progress: { position, streamRefusal } }: Ledger,
  options: ImportSellOptions,
): Promise<boolean> {
  if (position !== null || streamRefusal === forgetful) return false
  return (await findPosition(options)).position !== null
}
