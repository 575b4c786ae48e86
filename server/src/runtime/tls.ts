import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { createSecureContext, createServer, type Server } from 'node:tls'

import type { Logger } from 'pino'

import { fileProblem } from '../domain/file-problems.ts'
import type { TlsFiles } from '../setting-values.ts'
import { ConfigError } from '../setting-values.ts'

/** As PEM. */
export interface TlsPair {
  readonly cert: string
  readonly key: string
}

const watchMs = 2_000
/** As long as a client may take for the head of a request. */
const handshakeMaxMs = 20_000
const dayMs = 86_400_000
const endsSoonMs = 14 * dayMs

/** Reads the pair; throws ConfigError for one that cannot be used. */
export function readTlsPair({ certFile, keyFile }: TlsFiles): TlsPair {
  const pair = { cert: readPem('TLS_CERT', certFile), key: readPem('TLS_KEY', keyFile) }
  const problem = problemOf(pair)
  if (problem === undefined) return pair
  throw new ConfigError(`TLS_CERT and TLS_KEY cannot be used: ${problem}`)
}

function readPem(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = fileProblem(error) ?? String(error)
    throw new ConfigError(`${setting} cannot be used: ${file}: ${reason}`)
  }
}

/** NOTE: errors of OpenSSL quote nothing of the key. */
function problemOf(pair: TlsPair): string | undefined {
  try {
    createSecureContext(pair)
    return undefined
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error))
    if (/key values mismatch/.test(message)) return 'the key is not that of the certificate'
    if (/no start line/.test(message)) return 'they must be PEM files'
    return `OpenSSL says: ${message}`
  }
}

/**
 * Speaks TLS with each connection that it is passed, by the newest pair that could be used, and hands
 * on what is inside. The files are read again while it watches, so a renewed certificate needs no
 * restart.
 */
export class TlsGate implements Disposable {
  readonly #files: TlsFiles
  readonly #logger: Logger
  readonly #server: Server
  /** Connections whose handshake is under way, by their ends. */
  readonly #shaking = new Map<string, Socket>()
  #seen: TlsPair
  #timer: NodeJS.Timeout | undefined

  constructor(files: TlsFiles, pair: TlsPair, handOn: (socket: Socket) => void, logger: Logger) {
    this.#files = files
    this.#logger = logger
    this.#seen = pair
    this.#server = createServer({
      ...pair,
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: handshakeMaxMs,
    })
    this.#server.on('secureConnection', (socket) => {
      this.#shaking.delete(endsOf(socket))
      handOn(socket)
    })
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy())
    this.#warnOfEnd(pair)
  }

  pass(socket: Socket): void {
    const ends = endsOf(socket)
    this.#shaking.set(ends, socket)
    socket.once('close', () => {
      if (this.#shaking.get(ends) === socket) this.#shaking.delete(ends)
    })
    this.#server.emit('connection', socket)
  }

  /** Reads the files again now and then. */
  watch(): void {
    const look = () => {
      void this.reread().finally(() => {
        if (this.#timer) this.#timer = setTimeout(look, watchMs).unref()
      })
    }
    this.#timer = setTimeout(look, watchMs).unref()
  }

  /** Uses the pair of the files if it is another one. One that cannot be used is logged once. */
  async reread(): Promise<void> {
    const pair = await this.#read()
    if (pair.cert === this.#seen.cert && pair.key === this.#seen.key) return
    this.#seen = pair
    const problem = problemOf(pair)
    if (problem !== undefined) {
      this.#logger.error({ problem }, 'TLS_CERT and TLS_KEY are not used; the former pair stays')
      return
    }
    this.#server.setSecureContext(pair)
    this.#logger.info({ until: endOf(pair).toISOString() }, 'the certificate was renewed')
    this.#warnOfEnd(pair)
  }

  /** An unreadable file is an empty one, as long as it is being replaced or for good. */
  async #read(): Promise<TlsPair> {
    const { certFile, keyFile } = this.#files
    const [cert, key] = await Promise.all(
      [certFile, keyFile].map((file) => readFile(file, 'utf8').catch(() => '')),
    )
    return { cert: cert ?? '', key: key ?? '' }
  }

  #warnOfEnd(pair: TlsPair): void {
    const until = endOf(pair)
    if (until.getTime() > Date.now() + endsSoonMs) return
    this.#logger.warn({ until: until.toISOString() }, 'the certificate of TLS_CERT ends soon')
  }

  /** Ends the watching, and the connections that it has not handed on. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const socket of this.#shaking.values()) socket.destroy()
  }
}

const endsOf = ({ localAddress, remoteAddress, remotePort }: Socket): string =>
  `${localAddress} ${remoteAddress} ${remotePort}`

/** When the certificate in the file ends, in ms; undefined: there is none to read. */
export async function certificateEnd({ certFile }: TlsFiles): Promise<number | undefined> {
  try {
    return endOf({ cert: await readFile(certFile, 'utf8') }).getTime()
  } catch {
    return undefined
  }
}

/** When the certificate ends. */
const endOf = ({ cert }: Pick<TlsPair, 'cert'>): Date => new Date(new X509Certificate(cert).validTo)
