import { listImportConflicts, updateImportConflict } from '@doorstep/contract/import-conflicts'
import {
  createImportVerification,
  getImportVerification,
} from '@doorstep/contract/import-verifications'
import {
  createImport,
  deleteImport,
  getImport,
  listImports,
  listRejectedItems,
  updateImport,
} from '@doorstep/contract/imports'
import type { FastifyInstance } from 'fastify'

import * as importConflicts from '../import-conflicts.ts'
import * as verifications from '../import-verifications.ts'
import * as imports from '../imports.ts'
import type { Tools } from '../request/call.ts'
import { byRevision } from '../request/tagged.ts'
import { serve } from '../routes.ts'

/** Imports from Sell. */
export function serveImports(app: FastifyInstance, tools: Tools): void {
  serve(app, tools, listImports, imports.listImports)
  serve(app, tools, getImport, imports.getImport)
  serve(app, tools, createImport, imports.createImport, imports.checks)
  serve(app, tools, deleteImport, imports.deleteImport)
  serve(app, tools, listImportConflicts, byRevision(importConflicts.listImportConflicts))
  serve(app, tools, updateImportConflict, importConflicts.updateImportConflict)
  serve(app, tools, updateImport, imports.updateImport, imports.checks)
  serve(app, tools, listRejectedItems, imports.listRejectedItems)
  serve(app, tools, getImportVerification, verifications.getImportVerification)
  serve(
    app,
    tools,
    createImportVerification,
    verifications.createImportVerification,
    verifications.checks,
  )
}
