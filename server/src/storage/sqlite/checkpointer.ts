import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

import { programFiles } from '../../program-files.ts'

/** The length of the log from which the thread is worth its memory. */
const startBytes = 8 * 1024 * 1024

/** `near`: the writer should copy the pages that are left. `copied`: pages were copied. */
export type FromCheckpointThread = 'near' | 'copied'

/**
 * Keeps the write-ahead log of a busy server short, from a thread of its own: on the writer's thread,
 * all requests would wait while tens of megabytes are copied.
 */
export class Checkpointer implements AsyncDisposable {
  readonly #file: string
  readonly #onError: (error: Error) => void
  #worker: Worker | undefined
  #isNear = false
  /** How often pages were copied, since the thread began. */
  copied = 0

  constructor(file: string, onError: (error: Error) => void) {
    this.#file = file
    this.#onError = onError
  }

  /** Call it after a commit. True when the writer should copy the few pages that are left. */
  takesTurn(): boolean {
    if (!this.#worker && this.#logBytes() > startBytes) this.#worker = this.#start()
    const isNear = this.#isNear
    this.#isNear = false
    return isNear
  }

  #start(): Worker {
    const worker = new Worker(programFiles.checkpointThread, {
      workerData: { file: this.#file },
    })
    worker.on('message', (message: FromCheckpointThread) => {
      if (message === 'near') this.#isNear = true
      else this.copied++
    })
    worker.on('error', (error) => {
      this.#onError(error instanceof Error ? error : new Error(String(error)))
    })
    worker.unref()
    return worker
  }

  #logBytes(): number {
    return statSync(`${this.#file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.terminate()
  }
}
