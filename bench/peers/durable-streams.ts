/**
 * The npm server of Durable Streams with as many streams of a page of events as it is given bodies
 * by `PUT /name`. Argument: its folder; without one it stays in memory.
 */
const [, , dataDir] = process.argv
const { DurableStreamTestServer } = await import(String('@durable-streams/server'))
const server = new DurableStreamTestServer({
  port: 0,
  host: '127.0.0.1',
  compression: false,
  ...(dataDir !== undefined && { dataDir }),
})
console.log(`listening on ${await server.start()}`)
process.once('SIGTERM', () => process.exit(0))
export {}
