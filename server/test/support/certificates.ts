import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { hasProgram } from './programs.ts'

/** Whether `makeCertificate` works here. */
export const canCertify = hasProgram('openssl', 'https with a certificate')

export interface Certificate {
  readonly certFile: string
  readonly keyFile: string
  readonly cert: string
  readonly key: string
}

/** A certificate of 127.0.0.1 and localhost that signs itself, in two files of the folder. */
export function makeCertificate(folder: string, name: string, days = 90): Certificate {
  const [certFile, keyFile] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)]
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
  const made = ['-keyout', keyFile, '-out', certFile]
  execFileSync(
    'openssl',
    ['req', '-x509', ...ec, '-nodes', '-days', String(days), ...made].concat([
      '-subj',
      `/CN=${name}.test`,
      '-addext',
      names,
    ]),
    { stdio: 'pipe' },
  )
  return {
    certFile,
    keyFile,
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
  }
}

export interface SecureAnswer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request over https by a client that trusts these certificates only. */
export async function fetchSecurely(
  url: string,
  ca: readonly string[],
  { body, ...options }: RequestOptions & { readonly body?: string } = {},
): Promise<SecureAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<SecureAnswer>()
  const asked = request(url, { ca: [...ca], agent: false, ...options }, (answer) => {
    text(answer).then(
      (all) => resolve({ status: answer.statusCode, headers: answer.headers, body: all }),
      reject,
    )
  })
  asked.on('error', reject)
  asked.end(body)
  return promise
}
