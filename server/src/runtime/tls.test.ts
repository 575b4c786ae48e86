import { once } from 'node:events'
import { copyFileSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'

import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'

import { canCertify, makeCertificate } from '../../test/support/certificates.ts'
import { temporaryFolder } from '../../test/support/temporary.ts'
import { readTlsPair, TlsGate } from './tls.ts'

const port = async (gate: TlsGate): Promise<number> => {
  const server = createServer((socket: Socket) => gate.pass(socket))
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : 0
}

async function shownOn(at: number): Promise<string> {
  const socket = connect({ port: at, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { subject } = socket.getPeerCertificate()
  socket.destroy()
  return String(subject.CN)
}

it.skipIf(!canCertify)(
  'a new pair counts for new connections, a bad one is logged once and the former stays (1.13)',
  async () => {
    const folder = temporaryFolder()
    const [first, second] = [makeCertificate(folder, 'first'), makeCertificate(folder, 'second')]
    const files = { certFile: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') }
    const use = (cert: string, key: string): void => {
      copyFileSync(cert, files.certFile)
      copyFileSync(key, files.keyFile)
    }
    use(first.certFile, first.keyFile)
    const log: string[] = []
    const logger = pino({}, { write: (line) => void log.push(line) })
    using gate = new TlsGate(files, readTlsPair(files), (socket) => socket.resume(), logger)
    const at = await port(gate)
    expect(await shownOn(at)).toBe('first.test')

    use(second.certFile, first.keyFile)
    await gate.reread()
    await gate.reread()
    expect(await shownOn(at)).toBe('first.test')
    expect(log.filter((line) => line.includes('TLS_CERT and TLS_KEY are not used'))).toHaveLength(1)

    use(second.certFile, second.keyFile)
    await gate.reread()
    expect(await shownOn(at)).toBe('second.test')

    writeFileSync(files.certFile, 'not a certificate')
    await gate.reread()
    expect(await shownOn(at)).toBe('second.test')
    expect(log.join('')).not.toContain('PRIVATE KEY')
  },
)

it.skipIf(!canCertify)('a certificate that ends soon is logged (1.13)', async () => {
  const files = makeCertificate(temporaryFolder(), 'short', 3)
  const log: string[] = []
  const logger = pino({}, { write: (line) => void log.push(line) })
  using _gate = new TlsGate(files, readTlsPair(files), (socket) => socket.resume(), logger)
  expect(log.join('')).toContain('the certificate of TLS_CERT ends soon')
})
