import { parentPort, workerData } from 'node:worker_threads'

import type { Config } from '../../config.ts'
import { DomainError } from '../../domain/errors.ts'
import { logCheckIn } from '../../rules/check-ins.ts'
import { dieAtPoint } from '../crash.ts'
import { openConfigured } from '../open-store.ts'
import { version, newEventId } from '../secrets.ts'
import type {
  AnsweredCheckIn,
  AskedCheckIn,
  FromCheckInThread,
  ToCheckInThread,
} from './check-in-thread.ts'

/** Runs in the thread that check-in-thread.ts starts. */
const { config, version: expected }: { config: Config; version: string } = workerData
// NOTE: this is loaded long after the server has started; an upgrade may have replaced the files.
if (version !== expected) throw new Error(`The files of this server are now of version ${version}.`)
const store = await openConfigured(config, 'logging', { onPoint: dieAtPoint(config) })
let answers: AnsweredCheckIn[] = []

parentPort?.on('message', (message: ToCheckInThread) => {
  if (message !== 'end') for (const asked of message.asked) void log(asked)
  else void store[Symbol.asyncDispose]().then(() => parentPort?.close())
})
send('ready')

async function log({ number, checkIn }: AskedCheckIn): Promise<void> {
  const answer = await answerOf(checkIn)
  // Check-ins that share a commit share one message.
  if (answers.length === 0) {
    setImmediate(() => {
      send({ answered: answers })
      answers = []
    })
  }
  answers.push({ number, ...answer })
}

async function answerOf(checkIn: AskedCheckIn['checkIn']) {
  try {
    return { result: await logCheckIn(store, newEventId, checkIn) }
  } catch (error) {
    if (error instanceof DomainError) {
      return { refused: { code: error.code, message: error.message } }
    }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function send(message: FromCheckInThread): void {
  parentPort?.postMessage(message)
}
