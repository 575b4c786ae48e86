import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { Api } from './api.ts'
import { cpuMs, MemoryWatch } from './processes.ts'
import { onServerCore, type Server, startDoorstepOnAllCores } from './servers.ts'

/** One export of all visits beside the bare loop over their rows. */
export interface ExportSpeed {
  readonly perSecond: number
  readonly cpuUs: number
  readonly barePerSecond: number
}

export async function measureExport(
  api: Api,
  server: Server,
  store: string,
  rows: number,
): Promise<ExportSpeed> {
  const barePerSecond = await readBare(store)
  const cpuBefore = cpuMs(server.pid)
  const startMs = performance.now()
  const end = await api.drain('/v2/visits/export?format=ndjson')
  const seconds = (performance.now() - startMs) / 1000
  if (!end.includes(`"count":${rows}`)) throw new Error(`an export ended with ${end}`)
  const cpuUs = ((cpuMs(server.pid) - cpuBefore) * 1000) / rows
  return { perSecond: rows / seconds, cpuUs, barePerSecond }
}

const memoryEveryMs = 50

/** Of its own, at most, while a server that has just started exports all visits. */
export async function measureExportMemory(
  store: string,
  token: string,
  format: string,
): Promise<number> {
  // NOTE: memory that was once held is not given back at once. On one core the collector of garbage
  // would have to wait for what it collects.
  await using server = await startDoorstepOnAllCores(store, [])
  using memory = new MemoryWatch(server.pid, memoryEveryMs)
  await new Api(server, token).drain(`/v2/visits/export?format=${format}`)
  return memory.highest.anonBytes
}

async function readBare(store: string): Promise<number> {
  const [program, ...rest] = onServerCore([join(import.meta.dirname, 'bare-rows.ts'), store])
  const { stdout } = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  return Number(await text(stdout))
}
