import type { FastifyInstance } from 'fastify'

import type { OfferedGrants } from './oauth/library.ts'
import { serveOAuth } from './oauth/routes.ts'
import { serveAccount } from './operations/account.ts'
import { serveImports } from './operations/imports.ts'
import { servePeople } from './operations/people.ts'
import { serveRecords } from './operations/records.ts'
import { serveVisits } from './operations/visits.ts'
import type { Tools } from './request/call.ts'

/** Every operation of the contract with its handler: the route table, by what it is about. */
export async function serveOperations(
  app: FastifyInstance,
  tools: Tools,
  offeredGrants: OfferedGrants,
): Promise<void> {
  serveVisits(app, tools)
  serveRecords(app, tools)
  servePeople(app, tools)
  await serveImports(app, tools)
  serveAccount(app, tools)
  await serveOAuth(app, tools, offeredGrants)
}
