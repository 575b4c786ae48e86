import { ServerResponse, type IncomingMessage } from 'node:http'

const exceptions: Readonly<Record<string, string>> = {
  etag: 'ETag',
  ratelimit: 'RateLimit',
  'ratelimit-policy': 'RateLimit-Policy',
  'www-authenticate': 'WWW-Authenticate',
  'x-dns-prefetch-control': 'X-DNS-Prefetch-Control',
  'x-xss-protection': 'X-XSS-Protection',
}

const known = new Map<string, string>()

/** `content-type` becomes `Content-Type`. */
export function canonicalName(name: string): string {
  const cached = known.get(name)
  if (cached) return cached
  const lower = name.toLowerCase()
  const canonical =
    exceptions[lower] ?? lower.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
  if (known.size < 1000) known.set(name, canonical)
  return canonical
}

type Headers = Parameters<ServerResponse['writeHead']>[1]

/** Fastify writes names in lower case; one of Sell's clients reads them by case (PROTOCOL 1.1). */
export class CanonicalResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  override setHeader(name: string, value: number | string | readonly string[]): this {
    return super.setHeader(canonicalName(name), value)
  }

  override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
    return typeof reason === 'string'
      ? super.writeHead(status, reason, canonical(headers))
      : super.writeHead(status, canonical(reason ?? headers))
  }
}

function canonical(headers: Headers | undefined): Headers | undefined {
  if (!headers || Array.isArray(headers)) return headers
  const named: Exclude<Headers, undefined | readonly unknown[]> = {}
  for (const name of Object.keys(headers)) named[canonicalName(name)] = headers[name]
  return named
}
