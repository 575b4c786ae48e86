import type { Command } from 'commander'

import { start } from '../runtime/server.ts'
import { type SettingName, settings } from '../settings.ts'
import { addSettings, configOf } from './command.ts'

export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .description('answer the API and the web app')
    .option('--demo', 'add a made-up team to an account that holds no visits, leads or contacts')
  addSettings(command, Object.keys(settings) as SettingName[]).action(
    async (options: { readonly demo?: boolean }) => {
      if (await start(configOf({ ...options }), options.demo === true)) process.exit()
    },
  )
}
