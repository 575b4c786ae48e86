import type * as contract from '@doorstep/contract/imports'
import type { Operation } from '@doorstep/contract/operations'

import { printSeconds } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type Importer, isRunning } from '../domain/importer.ts'
import type { Import } from '../domain/imports.ts'
import { ApiError, fieldProblem, type Problem } from './errors.ts'
import { importerOf, readRejectedRow, toAnswer } from './import-answers.ts'
import type { Call, Checks, Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { refuseIfMatch } from './request/if-match.ts'
import {
  answerPage,
  collectionOf,
  collectionMeta,
  pageRequest,
  printItem,
  printItems,
} from './request/pages.ts'

const rejectedMax = 20

export const listImports: Handler<typeof contract.listImports> = (call) => {
  const { actor, store, query } = call
  return answerPage(
    call,
    'import',
    ['id'],
    async (page) => {
      const { rows, hasMore } = await store.imports.list(actor.accountKey, page, query.source)
      return { rows: await Promise.all(rows.map((each) => toAnswer(call, each))), hasMore }
    },
    (answer) => answer,
  )
}

export const getImport: Handler<typeof contract.getImport> = async (call) => {
  const { store, actor, params } = call
  const id = idOf(params)
  const found = await store.imports.find(actor.accountKey, id)
  if (!found) throw notFound('import', params)
  const rejected = await store.imports.listErrors(actor.accountKey, id, rejectedMax)
  return printItem('import', await toAnswer(call, found, rejected))
}

export const createImport: Handler<typeof contract.createImport> = async (call) => {
  const { actor, body } = call
  const { token, follow = false } = body
  const started = await importerOf(call).start(actor.accountKey, { token, follow }, actor)
  return printItem('import', await toAnswer(call, started))
}

export const updateImport: Handler<typeof contract.updateImport> = async (call) => {
  const { store, actor, params, body, clock } = call
  const id = idOf(params)
  const found = await store.imports.find(actor.accountKey, id)
  if (!found) throw notFound('import', params)
  const importer = importerOf(call)
  const runs = isRunning(found, clock())
  if (body.state === 'paused' && runs) {
    refuseIfMatch(call.request)
    await askToStop(call, id, 'import_paused')
    await importer.pause(actor.accountKey, id)
  }
  if (found.source === 'files') requireSell(call)
  if (body.state === 'running' && !runs) {
    const held = importer.heldOf(actor.accountKey, id)
    const token = tokenFor(importer, found, 'import', body.token ?? held?.token)
    const follow = body.follow ?? held?.follow ?? false
    refuseIfMatch(call.request)
    await importer.start(actor.accountKey, { token, follow }, actor)
  }
  refuseIfMatch(call.request)
  const now = await store.imports.find(actor.accountKey, id)
  return printItem('import', await toAnswer(call, now ?? found))
}

function requireSell({ operation }: Pick<Call<Operation>, 'operation'>): never {
  const why = 'is for imports from Sell: stop an import of files with DELETE, and send them again'
  throw new ApiError([fieldProblem(operation.resource ?? '', '/state', 'incorrect_value', why)])
}

/** The token to read the import's source with. Throws the problem if there is none. */
export function tokenFor(
  { baseUrl }: Importer,
  found: Import,
  resource: string,
  token: string | undefined,
): string {
  if (found.source === 'files') {
    throw new DomainError(
      'conflict',
      `Import ${found.id} has read files, and not Sell. Send the files again to go on.`,
    )
  }
  if (found.baseUrl !== baseUrl) {
    throw new DomainError(
      'conflict',
      `Import ${found.id} reads from ${found.baseUrl}, but SELL_BASE_URL of this server is ${baseUrl}. ` +
        'Start a new import, or change the setting.',
    )
  }
  if (token !== undefined) return token
  const why = 'must be given: this process does not hold Sell’s token any more'
  throw new ApiError([fieldProblem(resource, '/token', 'missing', why)])
}

export const listRejectedItems: Handler<typeof contract.listRejectedItems> = async (call) => {
  const { store, actor, params } = call
  const id = idOf(params)
  const found = await store.imports.find(actor.accountKey, id)
  if (!found) throw notFound('import', params)
  const request = pageRequest(call, { field: 'id', descending: false })
  const { rows, hasMore } = await store.imports.pageErrors(actor.accountKey, id, request)
  const names = found.progress.files?.files
  const items = rows.map(({ key, field, reason, item, at }) => {
    const row = names && readRejectedRow(item)
    return {
      list: row ? (names[row.file - 1]?.name ?? '') : key.split(' ')[0],
      field,
      reason,
      item: row?.text ?? item,
      line: row?.line ?? null,
      column: row?.column ?? null,
      at: printSeconds(at),
    }
  })
  const meta = collectionMeta(call, request, items.length, { hasMore })
  return collectionOf(printItems('rejected_item', items), meta)
}

export const deleteImport: Handler<typeof contract.deleteImport> = async (call) => {
  const { actor, params, importer } = call
  const id = idOf(params)
  if (!(await askToStop(call, id, 'import_cancelled'))) throw notFound('import', params)
  await importer?.stop(actor.accountKey, id)
  return undefined
}

/** False: there is no such import. */
const askToStop = (
  { store, actor, importer }: Pick<Call<Operation>, 'store' | 'actor' | 'importer'>,
  id: number,
  action: 'import_paused' | 'import_cancelled',
): Promise<boolean> =>
  store.write(actor.accountKey, async (tx) => {
    const found = await tx.imports.find(id)
    if (!found) return false
    await tx.imports.save({ ...found, isStopAsked: true })
    const { source, finishedAt, isStopAsked } = found
    const isChange = finishedAt === null && (!isStopAsked || importer?.heldOf(actor.accountKey, id))
    if (isChange) await tx.audit.add(actor, action, { kind: 'import', id }, { source })
    return true
  })

export const checks: Checks<typeof contract.createImport | typeof contract.updateImport> = {
  always: (_call, { token }) => tokenProblems('import', token),
}

/** A token that no header can carry. */
export const tokenProblems = (resource: string, token: string | undefined): Problem[] =>
  typeof token === 'string' && !/^[\x21-\x7e]+$/.test(token)
    ? [fieldProblem(resource, '/token', 'incorrect_value', 'must be visible ASCII characters')]
    : []
