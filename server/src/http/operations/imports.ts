import {
  createFileImport,
  exportRejectedRows,
  previewFileImport,
} from '@doorstep/contract/file-imports'
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

import * as fileImports from '../file-imports.ts'
import * as importConflicts from '../import-conflicts.ts'
import * as verifications from '../import-verifications.ts'
import * as imports from '../imports.ts'
import type { Tools } from '../request/call.ts'
import { readForms } from '../request/forms.ts'
import { byRevision } from '../request/tagged.ts'
import { serve } from '../serve.ts'

/** Imports from Sell and of files. */
export async function serveImports(app: FastifyInstance, tools: Tools): Promise<void> {
  await app.register(async (forms) => {
    await readForms(forms)
    serve(forms, tools, createFileImport, fileImports.createFileImport)
    serve(forms, tools, previewFileImport, fileImports.previewFileImport)
  })
  serve(app, tools, exportRejectedRows, fileImports.exportRejectedRows)
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
