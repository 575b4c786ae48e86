import cluster from 'node:cluster'

/** A message between a worker and the primary process, which is its parent. */
export type WorkerMessage =
  /** From a worker: it answers on the port. */
  | { readonly kind: 'ready'; readonly url: string }
  /** To a worker: it finishes its requests and exits. */
  | { readonly kind: 'stop' }
  /** From a worker that is to print the metrics of all, and what it gets. */
  | { readonly kind: 'ask metrics'; readonly number: number }
  | { readonly kind: 'metrics'; readonly number: number; readonly text: string }

const kinds: readonly unknown[] = ['ready', 'stop', 'ask metrics', 'metrics']

/** Node sends messages of its own over the same channel. */
export const isWorkerMessage = (message: unknown): message is WorkerMessage =>
  typeof message === 'object' &&
  message !== null &&
  'kind' in message &&
  kinds.includes(message.kind)

/** This process as one of several on one port, and its channel to the primary process. */
export class Worker implements Disposable {
  /** Resolves when the primary process asks this one to stop. */
  readonly stopped: Promise<string>
  /** The primary has started it before any other. */
  readonly isFirst = cluster.worker?.id === 1
  /** It answers on the port. */
  isReady = false

  constructor() {
    // NOTE: the primary says when to stop; a terminal or a supervisor may signal every process.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {})
    const { promise, resolve } = Promise.withResolvers<string>()
    this.stopped = promise
    process.on('message', (message: unknown) => {
      if (isWorkerMessage(message) && message.kind === 'stop') resolve('stop')
    })
  }

  ready(url: string): void {
    this.isReady = true
    const message: WorkerMessage = { kind: 'ready', url }
    // NOTE: Node ends this process when the primary has exited.
    if (process.connected) process.send?.(message)
  }

  /** Lets the process exit when it has nothing left to do. */
  [Symbol.dispose](): void {
    process.channel?.unref()
  }
}
