import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

import { answerOf } from './raw-load.ts'

export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0

const tries = 100
const tryAgainMs = 50

/** A Redis that has each write on disk before it answers. */
export class Redis implements AsyncDisposable {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  static async start(folder: string, core: string): Promise<Redis> {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const port = await freePort()
    const options = ['--port', String(port), '--dir', folder, '--save', '']
    const saved = ['--appendonly', 'yes', '--appendfsync', 'always']
    const command = ['redis-server', ...options, ...saved]
    const child = spawn('taskset', ['-c', core, ...command], { stdio: 'ignore' })
    process.once('exit', () => child.kill('SIGKILL'))
    const redis = new Redis(child, port)
    for (let left = tries; ; left--) {
      try {
        await redis.ask('PING')
        return redis
      } catch (error) {
        if (left === 0) throw error
        await pause(tryAgainMs)
      }
    }
  }

  /** The answer to a command that is answered by one line, or by one text. */
  ask(...words: readonly string[]): Promise<Buffer> {
    return answerOf(this.port, redisCommand(...words), (answer) => answer.includes('\r\n'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await exit
  }
}

/** A command in Redis's protocol. */
export const redisCommand = (...words: readonly string[]): Buffer =>
  Buffer.from(
    `*${words.length}\r\n` +
      words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join(''),
  )

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || !address) throw new Error('no port is free')
  return address.port
}
