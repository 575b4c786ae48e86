import cluster from 'node:cluster'

import type { Config } from '../config.ts'
import type { Metrics } from '../domain/metrics.ts'
import type { Store } from '../domain/store.ts'
import { newestBackup } from './backup-files.ts'
import { version } from './secrets.ts'
import { certificateEnd } from './tls.ts'

/** The metrics of this process, or of all that share its port; undefined: nobody may read them. */
export async function openMetrics(config: Config, store: Store): Promise<Metrics | undefined> {
  const { token, allowed } = config.metrics
  if (token === undefined && allowed.length === 0) return undefined
  // NOTE: loaded here, so that a server without metrics does not wait for it.
  const { ServerMetrics } = await import('./metrics.ts')
  const metrics = new ServerMetrics({
    version,
    readLoad: () => store.load(),
    lastBackupAt: () => config.backups && newestBackup(config.backups.folder, Date.now())?.at,
    certificateEndsAt: () => config.tls && certificateEnd(config.tls),
  })
  if (!cluster.isWorker) return metrics
  const { printForAll } = await import('./worker-metrics.ts')
  return Object.assign(metrics, { print: printForAll(metrics) })
}
