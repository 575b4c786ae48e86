import { getAccountSelf } from '@doorstep/contract/accounts'
import { getApp } from '@doorstep/contract/app-info'
import { listAuditEntries } from '@doorstep/contract/audit'
import { createDemo, deleteDemo } from '@doorstep/contract/demo'
import { getSettings, updateSettings } from '@doorstep/contract/settings'
import { createSetup } from '@doorstep/contract/setup'
import type { FastifyInstance } from 'fastify'

import * as accounts from '../accounts.ts'
import * as appInfo from '../app-info.ts'
import * as audit from '../audit.ts'
import * as demo from '../demo.ts'
import type { Tools } from '../request/call.ts'
import { serve, serveOpen } from '../serve.ts'
import * as settings from '../settings.ts'
import * as setup from '../setup.ts'

/** The account, its settings, its audit, and its first start. */
export function serveAccount(app: FastifyInstance, tools: Tools): void {
  serveOpen(app, tools, getApp, appInfo.getApp)
  serveOpen(app, tools, createSetup, setup.createSetup)
  serve(app, tools, createDemo, demo.createDemo)
  serve(app, tools, deleteDemo, demo.deleteDemo)
  serve(app, tools, getSettings, settings.getSettings)
  serve(app, tools, updateSettings, settings.updateSettings, settings.checks)
  serve(app, tools, getAccountSelf, accounts.getAccountSelf)
  serve(app, tools, listAuditEntries, audit.listAuditEntries)
}
