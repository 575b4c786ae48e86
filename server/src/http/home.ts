import type { FastifyInstance } from 'fastify'

import { prefixOf } from './request/origin.ts'

const printPage = (prefix: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Doorstep</title>
<style>
  body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem;
    color: #1c2430; background: #fbfaf7 }
  h1 { font-size: 2.2rem; margin-bottom: .5rem }
  code { background: #eceae3; padding: .1em .35em; border-radius: .3em }
  a { color: #0b5d8a }
  @media (prefers-color-scheme: dark) {
    body { color: #e8e6e1; background: #14181e } code { background: #262c35 } a { color: #7cc4ee }
  }
</style>
<h1>Doorstep</h1>
<p>Field-sales visits on your own server. It speaks the Zendesk Sell API, so your existing
integrations keep working.</p>
<ul>
  <li><a href="${prefix}/docs">API documentation, to read and to try</a></li>
  <li><a href="${prefix}/openapi.json">OpenAPI description</a></li>
  <li><code>GET ${prefix}/v2/visits</code> lists visits,
    <code>GET ${prefix}/v3/visits/stream</code> streams every change</li>
  <li><a href="${prefix}/healthz">Liveness</a> and <a href="${prefix}/readyz">readiness</a> of this server</li>
</ul>
<p>Every request to the API needs a token: <code>Authorization: Bearer &lt;token&gt;</code>. Create one
on the server with <code>./doorstep token create --user EMAIL</code>.</p>
<p>A link to <code>/setup</code>, <code>/sign-in</code> or <code>/invitation</code> has a one-time
code behind its <code>#</code>. Their screens come with the web app; until then a program gives the
code to <code>POST ${prefix}/v2/setup</code>, <code>${prefix}/v2/session/code</code> or
<code>${prefix}/v2/invitations/accept</code>.</p>
</html>
`

/** Serves the start page, also to those whom a one-time link leads here, until the web app replaces it. */
export function serveHome(app: FastifyInstance): void {
  for (const path of ['/', '/setup', '/sign-in', '/invitation']) {
    app.get(path, { schema: { hide: true } }, (request, reply) =>
      reply.type('text/html; charset=utf-8').send(printPage(prefixOf(request))),
    )
  }
}
