import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

import { debianBinaries } from './server/test/support/postgres-server.ts'
import { randomRuns } from './server/test/support/random-runs.ts'

// `npm test` runs all tests on SQLite but `*.long.test.ts`. On PostgreSQL it runs the store's tests and
// the folders of server/test in which the engines can differ, without what takes long there.
// `npm run test:rest` runs the rest: `*.long.test.ts`, the rest on PostgreSQL, the store's tests on
// Debian's PostgreSQL, and more runs of random tests (server/test/support/runs.ts). `npm run test:all`
// runs both. Tests of one engine only are named `*.sqlite.*` or `*.postgres.*`.
const differing = 'engines|stream|visits'
/** They take long there: PostgreSQL is for `npm run test:rest`. */
const restOnPostgres = [
  'server/test/engines/{backup,copy}.test.ts',
  'server/test/engines/{connection-loss,many-servers,open,promotion,replicas}.postgres.test.ts',
  'server/test/stream/{changes,clock-ahead,concurrency.postgres}.test.ts',
  'server/test/stream/event-partitions.postgres.test.ts',
  'server/test/visits/{deleted-record,export-ends,exports,invalid-fixes,location-data}.test.ts',
  'server/test/visits/{noted-exports,plans}.test.ts',
  'server/test/visits/visit-{outcome-list,outcome-merges,outcomes}.test.ts',
  'server/test/visits/{refusals,reviews,verification-previews}.test.ts',
]
/** What they test is above the store: HTTP, pages, formats of files. No PostgreSQL runs them. */
const aboveTheStore = [
  'server/test/api/{base-path,basemap,cors,openapi,packing,proxies,web}.test.ts',
  'server/test/imports/{found-files,packed-tables.long,presets}.test.ts',
  'server/test/people/consent-page.test.ts',
  'server/test/processes/{https,traces.long}.test.ts',
]
const random = [
  'server/src/domain/words.test.ts',
  'server/src/importer/sell/ranges/listing.test.ts',
  'server/src/rules/pin-suggestions.test.ts',
  'server/src/storage/records/places.test.ts',
  'server/src/storage/store.test.ts',
  'server/test/api/any-request.test.ts',
  'server/test/api/query-fuzz.test.ts',
  'server/test/api/tags.test.ts',
  'server/test/api/times.test.ts',
  'server/test/imports/repeated.test.ts',
  'server/test/processes/crash.test.ts',
  'server/test/records/{custom-fields,self-placed}.test.ts',
  'server/test/stream/{changes,clock-ahead}.test.ts',
  'server/test/visits/{plans,reviews,verification-previews}.test.ts',
  'server/test/walks/*.test.ts',
]

const long = '**/*.long.test.ts'
const store = 'server/src/storage/**/*.test.ts'
const onPostgres = '**/*.postgres.*'
const onSqlite = '**/*.sqlite.*'

const setups = ['engine', 'command'].map((name) => `server/test/support/${name}.setup.ts`)

interface Run {
  readonly name: 'sqlite' | 'postgres' | 'debian'
  readonly isLong: boolean
  readonly include: string[]
  readonly exclude: string[]
}

const run = ({ name, isLong, include, exclude }: Run): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', ...exclude],
    provide: {
      engine: name === 'sqlite' ? name : 'postgres',
      isOnDebian: name === 'debian',
      isLong,
    },
    globalSetup: [...setups],
  },
})

// The built web app in a browser, on SQLite.
const web = (isLong: boolean): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    name: 'web',
    include: [isLong ? 'web/test/**/*.long.test.ts' : 'web/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(isLong ? [] : [long])],
    provide: { engine: 'sqlite', isOnDebian: false, isLong },
    globalSetup: [...setups, 'web/test/support/built.setup.ts'],
  },
})

const test = [
  web(false),
  run({
    name: 'sqlite',
    isLong: false,
    include: ['{contract,client,server,web/src,web/basemap,scripts}/**/*.test.ts'],
    exclude: [long, onPostgres],
  }),
  run({
    name: 'postgres',
    isLong: false,
    include: [store, `server/test/(${differing})/**/*.test.ts`, `${onPostgres}test.ts`],
    exclude: [long, onSqlite, ...restOnPostgres],
  }),
]

const rest = [
  web(true),
  run({
    name: 'sqlite',
    isLong: true,
    include: [`{server,web/basemap}/${long}`, ...random],
    exclude: [onPostgres],
  }),
  run({
    name: 'postgres',
    isLong: true,
    include: [
      `server/${long}`,
      'server/src/storage/store.test.ts',
      `server/test/!(${differing})/**/*.test.ts`,
      ...restOnPostgres,
    ],
    exclude: [onSqlite, ...aboveTheStore],
  }),
  run({ name: 'debian', isLong: false, include: [store], exclude: [onSqlite] }),
]

function restHere() {
  if (debianBinaries() !== undefined) return rest
  console.log("NOT RUN: the store on Debian's PostgreSQL, of which there is none on this machine.")
  return rest.filter((each) => each.test?.name !== 'debian')
}

/** Browsers first, then what takes long: the last files to run should be short. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rankOf = ({ project, moduleId }: TestSpecification) =>
      project.name === 'web' ? 0 : moduleId.includes('.long.') ? 1 : 2
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}

export default defineConfig(({ mode }) => ({
  test: {
    environment: 'node',
    // A worker loads the server's modules once for all of its files.
    isolate: false,
    unstubGlobals: true,
    // A limit for what hangs, and not for what is slow.
    testTimeout: 300_000 * randomRuns,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 280_000 } },
    // Many tests wait for processes or for time to pass.
    maxWorkers: mode === 'rest' ? 5 : 4,
    sequence: { sequencer: LongFirst },
    reporters: ['default'],
    projects: mode === 'rest' ? restHere() : test,
  },
}))
