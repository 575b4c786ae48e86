import { Readable } from 'node:stream'

import type { exportContacts as contactContract } from '@doorstep/contract/contacts'
import { type ExportFormat, exportTypes } from '@doorstep/contract/exports'
import type { exportLeads as leadContract } from '@doorstep/contract/leads'
import type { Operation } from '@doorstep/contract/operations'
import type { exportVisits as visitContract } from '@doorstep/contract/visit-exports'

import type { AccountKey } from '../../domain/accounts.ts'
import type { AuditActor } from '../../domain/audit.ts'
import { printPosition, sightAt } from '../../domain/positions.ts'
import type { Store } from '../../domain/store.ts'
import { noteTaken } from '../../rules/taken-data.ts'
import { toContactFilter } from '../records/contacts.ts'
import { toLeadFilter } from '../records/leads.ts'
import type { Call, Handler } from '../request/call.ts'
import { idsOf } from '../request/external-ids.ts'
import { readVisitFilter } from '../visits/filters.ts'
import { fileName, writeExport } from './export-file.ts'
import type { ExportSource } from './export-source.ts'
import { contactSource, leadSource } from './record-source.ts'
import { visitSource } from './visit-source.ts'

export const exportVisits: Handler<typeof visitContract> = async (call) => {
  const { store, actor, query, lookLog, clock } = call
  const source = visitSource({
    store,
    account: actor.accountKey,
    viewer: actor,
    filter: await readVisitFilter(store, actor.accountKey, query),
    columns: query.columns,
    onLocated: async (located) => {
      await lookLog.makeRoom(store)
      lookLog.note(actor.accountKey, actor.userId, located, clock())
    },
  })
  return answerExport(call, 'visits', source)
}

export const exportLeads: Handler<typeof leadContract> = async (call) => {
  const { store, actor, query } = call
  const ids = await idsOf('lead', store, actor.accountKey, query)
  const filter = { ...toLeadFilter(query), ids }
  const { columns } = query
  return answerExport(
    call,
    'leads',
    leadSource({ store, account: actor.accountKey, filter, columns }),
  )
}

export const exportContacts: Handler<typeof contactContract> = async (call) => {
  const { store, actor, query } = call
  const ids = await idsOf('contact', store, actor.accountKey, query)
  const filter = { ...toContactFilter(query), ids }
  const { columns } = query
  return answerExport(
    call,
    'contacts',
    contactSource({ store, account: actor.accountKey, filter, columns }),
  )
}

type ExportCall = Omit<Call<Operation>, 'query' | 'body'> & {
  readonly query: { readonly format?: ExportFormat; readonly bom?: boolean }
}

/** The position is read before the rows: what changes meanwhile is in the stream after it. */
async function answerExport(
  { store, actor, query, request, reply, clock, exports, findActor }: ExportCall,
  noun: string,
  source: ExportSource,
): Promise<Readable> {
  const { format = 'csv', bom = false } = query
  const position = await readPosition(store, actor.accountKey)
  exports.requireRoom(actor.accountKey)
  reply.headers({
    'Content-Type': exportTypes[format],
    'Content-Disposition': `attachment; filename="${fileName(noun, format, clock())}"`,
    'Doorstep-Position': position,
    'Cache-Control': 'no-store',
  })
  if (request.method === 'HEAD') return Readable.from([])
  const note = () =>
    noteTaken(
      () => noteExport(store, actor.accountKey, actor, noun, query),
      (err) =>
        request.log.error(
          { err, logref: request.id, userId: actor.userId },
          'an export could not be noted',
        ),
    )
  const bytes = writeExport(source, { format, bom, position })
  // NOTE: begins before anything is waited for, or exports that come at once find the same room.
  return exports.begin(
    actor.accountKey,
    whileAllowed(after(note, bytes), async () => {
      const reader = await findActor(request)
      return reader?.userId === actor.userId && reader.isAdmin === actor.isAdmin
    }),
  )
}

/** Notes an export before it begins, with the names of its filters and not what they ask for. */
export function noteExport(
  store: Store,
  account: AccountKey,
  actor: AuditActor,
  list: string,
  { format = 'csv', ...query }: Readonly<Record<string, unknown>>,
): Promise<void> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const filters = given.map(([name]) => name).filter((name) => !['columns', 'bom'].includes(name))
  return store.audit.add(account, actor, 'exported', null, { list, format, filters })
}

async function* after(
  work: () => Promise<void>,
  bytes: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  await work()
  yield* bytes
}

/** Cuts the file off where its reader has lost the rights with which it began. */
async function* whileAllowed(
  bytes: AsyncGenerator<Uint8Array>,
  isAllowed: () => Promise<boolean>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    if (!(await isAllowed())) throw new Error('the reader of an export has lost their rights')
    yield chunk
  }
}

/** The position just after the newest event, from which readers of changes go on. */
export async function readPosition(store: Pick<Store, 'events'>, account: number): Promise<string> {
  const newest = { offset: Number.MAX_SAFE_INTEGER, limit: 0, isNewest: true }
  const { generation, head, sight } = (await store.events.read(account, newest)).stream
  return printPosition({ generation, offset: head, sight: sightAt(sight) })
}
