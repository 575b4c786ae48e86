import { isIP } from 'node:net'

import type { FastifyRequest } from 'fastify'

/**
 * The address that limits count a request by. A client cannot multiply it: an IPv6 address counts by
 * its /64, and what a trusted proxy forwards counts only if it is an IP address, with or without a
 * port. Otherwise the proxy's own address counts.
 */
export const addressOf = ({ ip, raw }: Pick<FastifyRequest, 'ip' | 'raw'>): string =>
  networkOf(ip) ?? networkOf(raw.socket.remoteAddress ?? '') ?? 'unknown'

/** Whether the request names an address that nobody trusted has forwarded. */
export const isForwardedByStranger = ({
  headers,
  ips = [],
}: Pick<FastifyRequest, 'headers' | 'ips'>): boolean =>
  headers['x-forwarded-for'] !== undefined && ips.length < 2

/** The IPv4 address, or the /64 of the IPv6 address; undefined: the text is neither. */
export function networkOf(text: string): string | undefined {
  const address = withoutPort(text.trim()).replace(/%.*$/s, '')
  const version = isIP(address)
  if (version !== 6) return version === 4 ? address : undefined
  // NOTE: the URL parser knows all ways to write an address, and answers one.
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [first, last] = [head, tail].map((part) => part.split(':').filter(Boolean))
  const zeros = Array.from({ length: 8 - (first?.length ?? 0) - (last?.length ?? 0) }, () => '0')
  const groups = [...(first ?? []), ...zeros, ...(last ?? [])]
  return mappedIPv4(groups) ?? `${groups.slice(0, 4).join(':')}::/64`
}

const withoutPort = (text: string): string =>
  /^\[(.*)\](?::\d+)?$/s.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text

/** Dual-stack sockets write IPv4 addresses as ::ffff:192.0.2.1. */
function mappedIPv4(groups: readonly string[]): string | undefined {
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return undefined
  const bytes = groups.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
  return bytes.join('.')
}
