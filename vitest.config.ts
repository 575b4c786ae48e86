import { defineConfig } from 'vitest/config'

/** Everything that keeps something runs once on each engine; what does not, once. */
const keeping = ['server/test/**/*.test.ts', 'server/src/storage/**/*.test.ts']
const onSqliteOnly = '**/*.sqlite.test.ts'
const onPostgresOnly = '**/*.postgres.test.ts'
const withoutStore = [
  'server/test/api/layers.test.ts',
  'server/test/processes/crash-faults.test.ts',
]

const globalSetup = ['server/test/support/engine.setup.ts']

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['{contract,client,server,web,scripts}/**/*.test.ts'],
          exclude: ['**/node_modules/**', onPostgresOnly],
          provide: { engine: 'sqlite' },
          globalSetup,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: keeping,
          exclude: ['**/node_modules/**', onSqliteOnly, ...withoutStore],
          provide: { engine: 'postgres' },
          globalSetup,
        },
      },
    ],
  },
})
