import { search } from '@doorstep/contract/search'
import type { Command } from 'commander'

import { findHits } from '../http/search.ts'
import {
  type AccountOptions,
  addAccountOptions,
  jsonLinesOption,
  printLine,
  withAccount,
} from './command.ts'
import { admin, orUsage, queryOf } from './query.ts'

interface Options extends AccountOptions {
  readonly types?: string
  readonly near?: string
  readonly limit?: string
}

export function addSearchCommand(program: Command): void {
  const command = program
    .command('search <query>')
    .description('find leads, contacts and users by what somebody types')
    .option('--types <list>', 'some of lead,contact,user')
    .option('--near <lat,lng>', 'the nearest to this place first; else the last visited')
    .option('--limit <number>', 'how many, at most 50')
    .option(...jsonLinesOption)
  addAccountOptions(command).action(async (q: string, options: Options) => {
    const { types, near, limit } = options
    const query = queryOf(search, { q, types, near, limit })
    await withAccount(options, async (store, account) => {
      const asked = { viewer: admin, mayFindUsers: true, query }
      for (const hit of await orUsage(() => findHits(store, account, asked))) {
        const { resource_type, id, name, detail } = hit
        printLine(options.json ? hit : { resource_type, id, name, detail: detail ?? '' }, options)
      }
    })
  })
}
