import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Client } from '@doorstep/client/client'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { printedCommands, servePrinted } from '../../server/test/support/documents.ts'
import { reachesRegistry } from '../../server/test/support/registry.ts'
import { until } from '../../server/test/support/until.ts'
import { openBrowser } from './support/browser.ts'
import { installPackages, root, run, servePage, startPacked } from './support/packages.ts'
import { password } from './support/people.ts'
import { chromiumPath, signIn } from './support/web.ts'

/** A program of somebody who has installed the SDK: it places a lead and logs a visit there. */
const program = `
import { createClient } from 'doorstep-client'
import { NotFoundError } from 'doorstep-client/errors'
import { createQueue } from 'doorstep-client/queue'
import { etagOf } from 'doorstep-client/tags'
import type { Visit, VisitDraft } from 'doorstep-client/types'

const [url = '', token = ''] = process.argv.slice(2)
const client = createClient({ url, token })
const lead = await client.leads.create({ last_name: 'Ode' })
const place = { resource_type: 'lead', resource_id: lead.data.id } as const
const at = { latitude: 52.5, longitude: 13.4 }
await client.pinChanges.create({ ...place, ...at, status: 'approved' })
const now = new Date().toISOString()
const draft: VisitDraft = {
  ...place,
  device: { ...at, accuracy_m: 10, fix_at: now, captured_at: now },
}
const { data } = await client.visits.create(draft, { include: 'verification' })
const visit: Visit = data
const first: number | undefined = (await client.visits.list({ ids: [visit.id] })).items[0]?.data.id
// @ts-expect-error: no visit has this status.
if (visit.rep_location_verification_status === 'maybe') throw new Error()
await client.visits.get(first ?? 0).then(etagOf)
for (const round of [1, 2, 3]) {
  const many = Array.from({ length: 40 }, () => client.visits.create({ ...place, summary: \`\${round}\` }))
  await Promise.all(many)
}
await client.visits.get(7).catch((error: unknown) => {
  if (!(error instanceof NotFoundError)) throw error
})
const queue = createQueue({ client, storage: { load: async () => [], save: async () => {} } })
await queue.flush()
console.log(visit.rep_location_verification_status, visit.id === first)
`

describe.skipIf(!reachesRegistry('the packages'))('the packages in an empty folder', () => {
  const open = new AsyncDisposableStack()
  let folder: string
  let files: readonly string[]
  let server: Awaited<ReturnType<typeof startPacked>>
  let page: Awaited<ReturnType<typeof servePage>>
  let token: string

  beforeAll(async () => {
    const installed = await installPackages((end) => open.defer(end))
    folder = installed.folder
    files = installed.files
    page = open.use(await servePage(join(folder, 'node_modules/doorstep-client/dist')))
    const env = { BACKUP_DIR: join(folder, 'backups'), CORS_ORIGINS: page.url }
    server = open.use(await startPacked(folder, env))
    token = /^ {2}([0-9a-f]{64})$/m.exec(server.output)?.[1] ?? ''
  }, 600_000)

  afterAll(() => open.disposeAsync())

  const doorstep = (...args: string[]) =>
    run(
      process.execPath,
      [join(folder, 'node_modules/doorstep-visits/bin/doorstep.js'), ...args],
      folder,
    )

  it('have the version of the repository, and the SDK depends on no package', async () => {
    const manifestOf = (path: string) =>
      JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    const { version } = manifestOf(root)
    const sdk = manifestOf(join(folder, 'node_modules/doorstep-client'))
    expect(sdk).toMatchObject({ version, license: 'Apache-2.0' })
    expect(sdk.dependencies).toBeUndefined()
    const named = await run('node_modules/.bin/doorstep', ['--version'], folder)
    expect(named.stdout).toBe(`${version}\n`)
    for (const name of ['doorstep-visits', 'doorstep-client']) {
      const pkgDir = join(folder, 'node_modules', name)
      expect(readdirSync(pkgDir)).toEqual(expect.arrayContaining(['LICENSE', 'README.md']))
      expect((await publint({ pkgDir, strict: true })).messages).toEqual([])
    }
    const file = files.find((each) => each.includes('doorstep-client')) ?? ''
    const checker = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    const args = [checker, file, '--profile', 'esm-only']
    expect(await run(process.execPath, args, folder)).toMatchObject({ status: 0 })
  })

  it('the first start makes a store in the folder; doctor, presets and a backup by hand find it', async () => {
    expect(existsSync(join(folder, 'data/doorstep.db'))).toBe(true)
    await until(
      () => existsSync(join(folder, 'backups')) && readdirSync(join(folder, 'backups')).length > 0,
    )
    expect(await doorstep('doctor')).toMatchObject({ status: 0, stderr: '' })
    const exported = join(root, 'server/test/fixtures/presets/hubspot')
    const preset = ['--preset', 'hubspot', '--dry-run']
    expect(await doorstep('import', 'csv', exported, ...preset)).toMatchObject({ status: 0 })
    expect(await doorstep('backup', 'by-hand.db')).toMatchObject({ status: 0 })
    const elsewhere = ['--data-dir', join(folder, 'restored')]
    expect(await doorstep('restore', 'by-hand.db', ...elsewhere)).toMatchObject({ status: 0 })
    const missing = await doorstep('doctor', '--data-dir', join(folder, 'nothing'))
    expect(missing.stderr).toContain('`node_modules/.bin/doorstep init`')
  })

  it.skipIf(chromiumPath === undefined)(
    'in Chromium the setup leads to the first screen, and a page of another origin logs a visit by the SDK',
    async () => {
      await using browser = await openBrowser(false)
      const context = await browser.newContext()
      // A limit for what hangs, and not for what is slow.
      context.setDefaultTimeout(100_000)
      const own = await context.newPage()
      await own.goto(server.url)
      await own.getByText('node_modules/.bin/doorstep setup-link').waitFor()
      await own.goto(/http:\S+\/setup#code=\w+/.exec(server.output)?.[0] ?? '')
      await own.getByLabel('Name of the account').fill('Engines')
      await own.getByLabel('Your name').fill('First Admin')
      await own.getByLabel('E-mail').fill('first@acme.example')
      await own.getByLabel('Password', { exact: true }).fill(password)
      await own.keyboard.press('Enter')
      await own.getByRole('radio', { name: 'Look around with a demo team' }).click()
      await own.getByRole('button', { name: 'Add the demo team' }).click()
      await own.getByRole('heading', { name: 'Invite people' }).waitFor()

      const again = await browser.newPage()
      await signIn(again, server.url, 'first@acme.example', password)
      expect(new URL(again.url()).pathname).toBe('/map')
      await again.goto(`${server.url}/visits`)
      await again.getByRole('row').nth(5).waitFor()

      const other = await context.newPage()
      await other.goto(page.url)
      const logged = await other.evaluate(
        async ([url, secret]) => {
          const client: Client = Reflect.get(globalThis, 'createClient')({ url, token: secret })
          const { data } = await client.leads.create({ last_name: 'Ida' })
          const draft = { resource_type: 'lead', resource_id: data.id } as const
          return (await client.visits.create(draft)).data.rep_location_verification_status
        },
        [server.url, token] as const,
      )
      expect(logged).toBe('location_unknown')
    },
  )

  it('an older Node ends with a sentence', async () => {
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.9.0'}})`
    const command = join(folder, 'node_modules/doorstep-visits/bin/doorstep.js')
    const ran = await run(process.execPath, ['--import', older, command, 'doctor'], folder)
    expect(ran).toMatchObject({ status: 1, stdout: '' })
    expect(ran.stderr).toMatch(/^doorstep needs Node 24 or later .*npm install node@24.*\n$/)
  })

  it('a program with types logs a visit by the SDK in Node', async () => {
    writeFileSync(join(folder, 'program.mts'), program)
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node']
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false']
    const options = ['--ignoreConfig', '--target', 'es2024', '--module', 'nodenext']
    const args = [compiler, ...options, ...strict, ...types, 'program.mts']
    expect(await run(process.execPath, args, folder)).toMatchObject({ status: 0, stdout: '' })
    const ran = await run(process.execPath, ['program.mjs', server.url, token], folder)
    expect(ran).toMatchObject({ stdout: 'verified true\n', stderr: '' })
  })

  it('the server brings its map, its documents and the licences, and ends without an error', async () => {
    const get = (path: string) => fetch(new URL(path, server.url))
    const style = await (await get('/map/style.json?theme=light')).json()
    const tile = await get(`/map/${style.sources.basemap.tiles[0].replace('{z}/{x}/{y}', '0/0/0')}`)
    expect((await tile.arrayBuffer()).byteLength).toBeGreaterThan(1_000)
    expect(await (await get('/docs')).text()).toContain('swagger')
    expect(await (await get('/assets/third-party.txt')).text()).toMatch(/^fastify \d/m)
    expect(await (await get('/docs/static/swagger-ui-bundle.js')).text()).toContain('function')
    expect(await server.stop()).toEqual({ status: 0, errors: '' })
  })

  it('the file of a newer version takes its place by the commands of docs/updating.md', async () => {
    const update = printedCommands('docs/updating.md', 'npm install ./doorstep-visits-')
    const updated = await servePrinted(update, { cwd: folder })
    const headers = { Authorization: `Bearer ${token}` }
    expect((await fetch(`${updated.url}/v2/users/self`, { headers })).status).toBe(200)
    await updated.stop()
  })
})
