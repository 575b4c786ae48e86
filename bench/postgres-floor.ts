import pg from 'pg'

import type { Sent } from './statements.ts'

/** What the floor is asked for, by the channel to its parent. */
export interface FloorRun {
  readonly url: string
  readonly statements: readonly Sent[]
  readonly seconds: number
}

/**
 * The floor of PostgreSQL: the driver in a bare loop, with the statements that the server sends,
 * over as many connections as one server reads by. Answers how many there were per second.
 */
const connections = 8
const clients: pg.Client[] = []

process.on('message', (run: FloorRun) => void answer(run))
process.once('disconnect', () => process.exit(0))

async function answer({ url, statements, seconds }: FloorRun): Promise<void> {
  while (clients.length < connections) {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    clients.push(client)
  }
  const startMs = performance.now()
  const endMs = startMs + seconds * 1000
  let turn = 0
  const loop = async (client: pg.Client): Promise<void> => {
    while (performance.now() < endMs) {
      const sent = statements[turn++ % statements.length]
      if (!sent) throw new Error('there is no statement')
      await client.query({ name: sent.name, text: sent.text, values: [...sent.values] })
    }
  }
  await Promise.all(clients.map(loop))
  process.send?.(turn / ((performance.now() - startMs) / 1000))
}
