import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { isServerPath } from '@doorstep/contract/paths'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { prefixOf } from './request/origin.ts'
import { noRoute } from './request/requests.ts'

/** `origins`: from where the map of the account comes, besides this server. */
const policyFor = (origins: string): string =>
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " +
  `img-src 'self' data: blob:${origins}; connect-src 'self'${origins}; worker-src 'self'; ` +
  "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/**
 * NOTE: the policy of a worker is that of its own file, and that of the map loads tiles. Browsers keep
 * the file and its policy for a year, in which the account may choose a map elsewhere; whom the page
 * may ask is up to the policy of the page.
 */
const assetPolicy = policyFor(' https: http:')

/** The service worker asks this server alone. */
const workerPolicy = policyFor('')

const pageHeaders = {
  'Permissions-Policy': 'geolocation=(self)',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>Doorstep</title>
<h1>Doorstep is getting ready</h1>
<p>The web app is being built, which takes a few seconds. This page then opens it by itself. If it
does not, run <code>npm run build:web</code> on the server and read what it prints.</p>
<p>The API answers already.</p>
</html>
`

/** Whether a browser asks for a page of the web app, at any path that is not the server's own. */
export function isPage({ method, url, headers }: FastifyRequest): boolean {
  const [path = ''] = url.split('?')
  if (method !== 'GET' && method !== 'HEAD') return false
  if (isServerPath(path) || /\.[^/]*$/.test(path)) return false
  return headers.accept?.includes('text/html') ?? false
}

/**
 * Answers any page with the web app in `folder`, which opens the screen of its path. It may be built
 * while the server runs. Links in the page begin with the path under which the client sees the server.
 */
export function newPages(
  folder: string | undefined,
  findStyleUrl: (request: FastifyRequest) => Promise<string | null>,
) {
  const file = folder === undefined ? undefined : join(folder, 'index.html')
  return async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    // NOTE: a file that is missing comes here as well.
    if (request.routeOptions.url !== '/' && !isPage(request)) throw noRoute(request)
    const page = file && (await readFile(file, 'utf8').catch(() => undefined))
    const styleUrl = await findStyleUrl(request)
    const policy = policyFor(styleUrl === null ? '' : ` ${new URL(styleUrl).origin}`)
    reply.headers(pageHeaders).header('Content-Security-Policy', policy)
    reply.type('text/html; charset=utf-8')
    if (page === undefined) {
      reply.code(503).header('Retry-After', '2')
      return notBuilt
    }
    const prefix = prefixOf(request)
    return page.replaceAll('="./', `="${prefix}/`).replace('data-base="/', `data-base="${prefix}/`)
  }
}

/** Files that keep their names, so that browsers request them again. */
const named = {
  '/service-worker.js': 'text/javascript; charset=utf-8',
  '/manifest.webmanifest': 'application/manifest+json; charset=utf-8',
} as const

/** Serves the files of the web app, and its first page at `/`. */
export async function serveWeb(
  app: FastifyInstance,
  folder: string | undefined,
  sendPage: ReturnType<typeof newPages>,
): Promise<void> {
  app.get('/', { schema: { hide: true } }, sendPage)
  if (folder === undefined) return
  const shared = {
    preCompressed: true,
    decorateReply: false,
    schemaHide: true,
    index: false,
  } as const
  await app.register(async (assets) => {
    assets.addHook('onRequest', async (_request, reply) => {
      reply.header('Content-Security-Policy', assetPolicy)
    })
    await assets.register(fastifyStatic, {
      ...shared,
      root: join(folder, 'assets'),
      prefix: '/assets/',
      suppressWarning: true,
      immutable: true,
      maxAge: '365d',
    })
    await assets.register(fastifyStatic, {
      ...shared,
      root: join(folder, 'icons'),
      prefix: '/icons/',
      suppressWarning: true,
      maxAge: '1d',
    })
  })
  for (const [path, type] of Object.entries(named)) {
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      const content = await readFile(join(folder, path), 'utf8').catch(() => undefined)
      if (content === undefined) throw noRoute(request)
      // NOTE: what a worker may load is what its own answer allows.
      reply.header('Content-Security-Policy', workerPolicy).header('Cache-Control', 'no-cache')
      return reply.type(type).send(content)
    })
  }
}
