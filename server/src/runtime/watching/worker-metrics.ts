import cluster from 'node:cluster'

import { AggregatorRegistry } from 'prom-client'

import { isWorkerMessage, type WorkerMessage } from '../worker.ts'
import type { ServerMetrics } from './metrics.ts'

/** Longer than the primary waits for all workers. */
const printMaxMs = 6_000

/** In a worker: returns what prints the metrics of all workers, which the primary puts together. */
export function printForAll({ registry }: ServerMetrics): () => Promise<string> {
  AggregatorRegistry.setRegistries([registry])
  // NOTE: from here on this process answers when the primary asks it.
  void new AggregatorRegistry()
  const asked = new Map<number, (text: string) => void>()
  let count = 0
  process.on('message', (message: unknown) => {
    if (!isWorkerMessage(message) || message.kind !== 'metrics') return
    asked.get(message.number)?.(message.text)
    asked.delete(message.number)
  })
  return async () => {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const number = ++count
    asked.set(number, resolve)
    const timer = setTimeout(
      () => reject(new Error('the primary process sent no metrics')),
      printMaxMs,
    )
    const message: WorkerMessage = { kind: 'ask metrics', number }
    process.send?.(message)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      asked.delete(number)
    }
  }
}

/** In the primary: answers workers that ask for the metrics of all. */
export function answerWorkers(onError: (error: unknown) => void): void {
  const all = new AggregatorRegistry()
  cluster.on('message', (worker, message: unknown) => {
    if (!isWorkerMessage(message) || message.kind !== 'ask metrics') return
    all.clusterMetrics().then((text) => {
      const answer: WorkerMessage = { kind: 'metrics', number: message.number, text }
      if (worker.isConnected()) worker.send(answer, () => {})
    }, onError)
  })
}
