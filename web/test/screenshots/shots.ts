import type { Shot } from './shot.ts'
import { customerShots } from './shots/customers.ts'
import { frameShots } from './shots/frame.ts'
import { importShots } from './shots/imports.ts'
import { mapShots } from './shots/map.ts'
import { phoneShots } from './shots/phone.ts'
import { reportShots } from './shots/reports.ts'
import { settingsShots } from './shots/settings.ts'
import { startShots } from './shots/start.ts'
import { visitShots } from './shots/visits.ts'

/** All pictures. A new screen adds its lines in one of these. */
export const shots: readonly Shot[] = [
  ...startShots,
  ...mapShots,
  ...visitShots,
  ...customerShots,
  ...reportShots,
  ...settingsShots,
  ...phoneShots,
  ...frameShots,
  ...importShots,
]
