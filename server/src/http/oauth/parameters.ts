import type { FastifyRequest } from 'fastify'

import { readText, refuseDeep } from '../request/body-text.ts'
import { OAuthFailure } from './errors.ts'

/** The parameters of a request, each given once; empty ones are ignored. */
export type Given = ReadonlyMap<string, string>

/** Reads query and body together, since clients use either (PROTOCOL 9.3). */
export function readGiven(query: unknown, body: unknown): Given {
  const inBody = entriesOf(body)
  const named = new Set(inBody.map(([name]) => name))
  const given = new Map<string, string>()
  for (const [name, value] of [
    ...entriesOf(query).filter(([known]) => !named.has(known)),
    ...inBody,
  ]) {
    if (value === '' || value === null || value === undefined) continue
    if (typeof value !== 'string' || given.has(name)) {
      throw new OAuthFailure(
        'invalid_request',
        `The parameter ${printable(name)} must be given only once, as text.`,
      )
    }
    given.set(name, value)
  }
  return given
}

function entriesOf(source: unknown): [string, unknown][] {
  if (source instanceof URLSearchParams) return [...source]
  return typeof source === 'object' && source !== null ? Object.entries(source) : []
}

const printable = (name: string): string => name.replaceAll(/[^\w.-]/g, '?').slice(0, 100)

/** Parses a form, or JSON if the content type says so. */
export async function parseBody(
  request: Pick<FastifyRequest, 'headers'>,
  body: Buffer,
): Promise<unknown> {
  const text = readText(request, body)
  if (text.trim() === '') return {}
  if (!request.headers['content-type']?.startsWith('application/json')) return readForm(text)
  refuseDeep(text)
  try {
    return JSON.parse(text)
  } catch {
    throw new OAuthFailure(
      'invalid_request',
      'The body is not well-formed JSON. Send an object, or a form.',
    )
  }
}

function readForm(text: string): URLSearchParams {
  try {
    decodeURIComponent(text)
  } catch {
    throw new OAuthFailure('invalid_request', 'The form is not escaped as UTF-8. Encode it so.')
  }
  return new URLSearchParams(text)
}
