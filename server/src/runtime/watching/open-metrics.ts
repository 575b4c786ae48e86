import cluster from 'node:cluster'

import type { Config } from '../../config.ts'
import type { Metrics } from '../../domain/metrics.ts'
import type { Store } from '../../domain/store.ts'
import type { TlsFiles } from '../../setting-values.ts'
import type { BackupFolder } from '../backups/backup-files.ts'
import { version } from '../secrets.ts'
import { certificateEnd } from '../tls.ts'

/** The metrics of this process, or of all that share its port; undefined: nobody may read them. */
export async function openMetrics(
  config: Config,
  store: Store,
  backupFolder: BackupFolder | undefined,
): Promise<Metrics | undefined> {
  const { token, allowed } = config.metrics
  if (token === undefined && allowed.length === 0) return undefined
  // NOTE: loaded here, so that a server without metrics does not wait for it.
  const { ServerMetrics } = await import('./metrics.ts')
  const metrics = new ServerMetrics({
    version,
    readLoad: () => store.load(),
    lastBackupAt: () => backupFolder && (backupFolder.newest?.at ?? 0),
    backupEveryMs: config.backups?.everyMs,
    certificateEndsAt: config.tls ? await watchEnd(config.tls) : () => undefined,
  })
  if (!cluster.isWorker) return metrics
  const { printForAll } = await import('./worker-metrics.ts')
  return Object.assign(metrics, { print: printForAll(metrics) })
}

/**
 * Returns what says when the certificate in the file ends, as it was found last. It starts the next
 * look, and waits for none: a file on a network that hangs would hold the requests up.
 */
async function watchEnd(files: TlsFiles): Promise<() => number | undefined> {
  let end = await certificateEnd(files)
  let isLooking = false
  async function look(): Promise<void> {
    isLooking = true
    end = await certificateEnd(files)
    isLooking = false
  }
  return () => {
    if (!isLooking) void look()
    return end
  }
}
