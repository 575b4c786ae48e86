import { createGunzip } from 'node:zlib'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { BasemapTheme } from '../domain/basemap.ts'
import { settingsInForce } from '../domain/settings.ts'
import { ApiError, apiError, invalidParameter, printErrors, unknownPath } from './errors.ts'
import type { Tools } from './request/call.ts'
import { originOf } from './request/origin.ts'
import { jsonType } from './request/requests.ts'
import { findNamed, tagOf } from './request/tags.ts'

/** Making the map takes some seconds, once. */
const retryS = 3
/** Deeper than any map has tiles; column and row then have 7 digits. */
const zoomMax = 22
const immutable = 'public, max-age=31536000, immutable'

type MapTools = Pick<Tools, 'store' | 'settings' | 'findActor' | 'basemaps'>

/**
 * Serves what lies beneath the pins: its style and its tiles. They need no token, since the page of
 * the sign-in shows them.
 */
export function serveBasemap(app: FastifyInstance, tools: MapTools): void {
  const { basemaps } = tools
  app.get<{ Querystring: { theme?: unknown } }>(
    '/map/style.json',
    { schema: { hide: true } },
    async (request, reply) => {
      const theme = readTheme(request.query.theme)
      const url = await findStyleUrl(tools, request)
      if (url !== null) return reply.header('Cache-Control', 'no-store').redirect(url)
      const map = await basemaps.find()
      if (!map) return sendNotReady(request, reply)
      return sendStyle(request, reply, JSON.stringify(map.style(theme)))
    },
  )
  app.get<{ Params: TileParams }>(
    '/map/:version/:z/:x/:y',
    { schema: { hide: true }, compress: false },
    async (request, reply) => {
      const { z, x, y } = readTile(request.params)
      const map = await basemaps.find()
      if (!map) return sendNotReady(request, reply)
      if (z > map.zoomMax) throw noTile()
      const tile = await map.tile(z, x, y)
      // NOTE: the address names another version while servers that share the work are updated.
      const isPresent = request.params.version === map.version
      reply.header('Cache-Control', isPresent ? immutable : 'no-cache')
      if (!tile) return reply.code(204).send()
      reply.type(map.tileType)
      if (!tile.isGzip) return reply.send(Buffer.from(tile.bytes))
      if (request.accepts().encoding(['gzip']) === false) {
        return reply.send(createGunzip().end(tile.bytes))
      }
      return reply.header('Content-Encoding', 'gzip').send(Buffer.from(tile.bytes))
    },
  )
}

/** NOTE: sent and not thrown, since the log would warn of what is as it should be. */
function sendNotReady(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const details = `The server is still making its map. Try again in ${retryS} s.`
  const error = apiError('temporarily_unavailable', 'map is not ready', details)
  reply.code(error.status).header('Retry-After', String(retryS)).type(jsonType)
  return reply.send(printErrors(error, request.id, originOf(request)))
}

/** The style elsewhere that the sender's account, or the only one, has chosen; null: none. */
export async function findStyleUrl(
  { store, settings, findActor }: MapTools,
  request: FastifyRequest,
): Promise<string | null> {
  const key = (await findActor(request))?.accountKey ?? (await store.accounts.findOnly())?.key
  const account = key === undefined ? undefined : await store.accounts.findSettings(key)
  return settingsInForce(settings, account).map.styleUrl
}

function readTheme(theme: unknown = 'light'): BasemapTheme {
  if (theme === 'light' || theme === 'dark') return theme
  const why = `must be light or dark, given: ${String(theme).slice(0, 100)}`
  throw new ApiError([invalidParameter('theme', why)])
}

function sendStyle(request: FastifyRequest, reply: FastifyReply, style: string): FastifyReply {
  const tag = tagOf(style)
  const known = request.headers['if-none-match']
  const named = known === undefined ? undefined : findNamed(known, tag)
  reply.header('Cache-Control', 'no-cache').header('ETag', named ?? tag)
  return named === undefined ? reply.type(jsonType).send(style) : reply.code(304).send()
}

interface TileParams {
  readonly version: string
  readonly z: string
  readonly x: string
  readonly y: string
}

/** 404 for what is no tile: whole numbers only, and none beyond the edge of the world. */
function readTile({ z: zoom, x: column, y: row }: TileParams): Record<'z' | 'x' | 'y', number> {
  const [z, x, y] = [zoom, column, row].map((text) =>
    /^(?:0|[1-9]\d{0,7})$/.test(text) ? Number(text) : Number.NaN,
  )
  const isWithin = (place = Number.NaN) => z !== undefined && place < 2 ** z
  if (z === undefined || !(z <= zoomMax) || !isWithin(x) || !isWithin(y)) throw noTile()
  return { z, x: x ?? 0, y: y ?? 0 }
}

const noTile = (): ApiError => new ApiError([unknownPath])
