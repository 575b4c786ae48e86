import { findingNames, findings } from './en/findings.ts'
import { parts } from './en/parts.ts'
import { screens } from './en/screens.ts'
import { session } from './en/session.ts'
import { setup } from './en/setup.ts'
import { shells } from './en/shells.ts'

/** English, a file per folder of screens. */
export const en = { findingNames, findings, parts, screens, session, setup, shells }
