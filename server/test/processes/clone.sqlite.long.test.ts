import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createClient } from '@doorstep/client/client'
import { describe, expect, it, onTestFinished } from 'vitest'

import {
  inPlace,
  printedCommands,
  root,
  runPrinted,
  servePrinted,
  standIns,
} from '../support/documents.ts'
import { quickSettings } from '../support/import-sell.ts'
import { newOrigin } from '../support/origin.ts'
import { reachesRegistry } from '../support/registry.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { until } from '../support/until.ts'

/** An installation from the registry, and two builds of the web app and the map. */
const timeout = 900_000
const repository = 'URL-OF-THIS-REPOSITORY'

/** NOTE: on disk, since it is large, and readable by the users of the machine. */
function newMachine(): string {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-machine-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  chmodSync(folder, 0o755)
  return folder
}

const headOf = (folder: string): string =>
  String(execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'])).trim()

describe.skipIf(!reachesRegistry('a clone of the repository'))('a clone', () => {
  it(
    'starts by the commands of README.md, and is updated by those of docs/updating.md',
    { timeout },
    async () => {
      const folder = newMachine()
      const origin = newOrigin(folder)
      const begin = printedCommands('README.md', 'git clone')
      const first = await servePrinted(inPlace(begin, { [repository]: origin.url }), {
        cwd: folder,
      })
      expect(first.output).toContain('/setup#code=')
      await first.stop()
      const cwd = join(folder, 'doorstep')
      const demo = await servePrinted(printedCommands('README.md', 'npm start -- --demo'), { cwd })
      expect(demo.output).toMatch(/\/sign-in#code=/)
      await demo.stop()
      const next = origin.commit()
      const update = printedCommands('docs/updating.md', 'git pull\nnpm start')
      const updated = await servePrinted(update, { cwd })
      expect(headOf(cwd)).toBe(next)
      const { client } = { client: createClient({ url: updated.url, token: first.token }) }
      expect((await client.visits.list({ per_page: 1 })).items).toHaveLength(1)
      await updated.stop()
    },
  )

  it(
    'is run by systemd and follows Sell by the commands of docs/systemd.md, and is updated',
    { timeout },
    async () => {
      const machine = newMachine()
      const origin = newOrigin(machine)
      for (const path of ['opt', 'run', 'var/lib', 'etc/doorstep', 'etc/systemd/system']) {
        mkdirSync(join(machine, path), { recursive: true })
      }
      const files = {
        passwd: 'root:x:0:0::/:/bin/sh\n',
        group: 'root:x:0:\n',
        shadow: '',
        gshadow: '',
      }
      for (const [name, text] of Object.entries(files))
        writeFileSync(join(machine, 'etc', name), text)
      await using double = await startSellDouble({ visits: 20 })
      const settings = { PORT: '0', ...quickSettings(double.url) }
      const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
      writeFileSync(join(machine, 'etc/doorstep/doorstep.env'), lines.join('\n'))
      writeFileSync(join(machine, 'opt/sell-token.txt'), sellToken)

      const script = join(root, 'server/test/support/systemd-stand-in.ts')
      const isRoot = process.getuid?.() === 0
      const own = ['systemctl', 'journalctl', 'sudo'].map((name) => [
        name,
        `exec '${process.execPath}' '${script}' ${name} "$@"`,
      ])
      const ids = `$(sed -n 's/^doorstep:[x!]:\\([0-9]*\\):.*/\\1/p' '${machine}/etc/group')`
      const programs = standIns(join(machine, 'bin'), {
        ...Object.fromEntries(own),
        useradd: isRoot
          ? `exec /usr/sbin/useradd --prefix '${machine}' "$@"`
          : `echo "doorstep:x:$(id -u):$(id -g)::/:/bin/sh" >>'${machine}/etc/passwd'\n` +
            `echo "doorstep:x:$(id -g):" >>'${machine}/etc/group'`,
        // With the group of this machine.
        install: `id=${ids}\nexec /usr/bin/install $(echo "$@" | sed "s/-g doorstep/-g $id/")`,
      })
      const around = {
        cwd: join(machine, 'opt'),
        programs: [programs],
        env: { ROOT_STAND_IN: machine },
      }
      onTestFinished(
        async () =>
          void (await runPrinted('systemctl stop doorstep doorstep-import || true', around)),
      )
      const onMachine = (commands: string) =>
        commands.replaceAll(/(?<![\w/.-])\/(opt|etc|var\/lib)\//g, `${machine}/$1/`)
      const run = (commands: string) => runPrinted(onMachine(commands), around)

      const begin = printedCommands('docs/systemd.md', 'useradd --system')
      const begun = await run(inPlace(begin, { [repository]: origin.url }))
      expect(begun.stdout).toContain('/setup#code=')
      const [token = ''] = /(?<=^ {2})[0-9a-f]{64}$/m.exec(begun.stdout) ?? []
      const urlOf = (text: string) =>
        /^listening on (\S+)$/gm.exec(text.slice(text.lastIndexOf('listening on')))?.[1] ?? ''
      const map = await fetch(`${urlOf(begun.stdout)}/map/style.json`)
      expect(map.status).toBe(200)
      expect(statSync(join(machine, 'etc/doorstep')).mode & 0o777).toBe(0o750)

      const asUser = await run(printedCommands('docs/systemd.md', 'sudo -u doorstep'))
      expect(asUser.stdout).toContain('All is well.')
      expect(asUser.stdout).toContain('https://visits.example.com/setup#code=')

      await run(printedCommands('docs/systemd.md', '/etc/doorstep/sell-token'))
      const visits = async (url: string) => {
        const client = createClient({ url, token, retry: { attemptsMax: 1 } })
        return (await client.visits.list({ per_page: 100 })).items.length
      }
      await until(async () => (await visits(urlOf(begun.stdout))) === 20)

      const next = origin.commit()
      await run(printedCommands('docs/updating.md', 'systemctl stop doorstep'))
      expect(headOf(join(machine, 'opt/doorstep'))).toBe(next)
      const { stdout } = await run('journalctl -u doorstep')
      await until(async () => (await visits(urlOf(stdout)).catch(() => 0)) === 20)
      const followed = readFileSync(join(machine, 'run/doorstep-import.log'), 'utf8')
      expect(followed).not.toMatch(/failed|error/i)
    },
  )
})
