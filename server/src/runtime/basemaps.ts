import { join } from 'node:path'

import type { Logger } from 'pino'

import { BasemapFolder } from '../basemap/basemaps.ts'
import type { Config } from '../config.ts'

/** Where `web/basemap/build-basemap.ts` leaves the map that the server brings. */
const bundled = join(import.meta.dirname, '../../../web/basemap/dist/world.mbtiles')

export const openBasemaps = ({ dataDir }: Pick<Config, 'dataDir'>, logger: Logger): BasemapFolder =>
  new BasemapFolder({
    dataDir,
    bundled,
    onRefused: (path, error) =>
      logger.warn({ err: error }, `${path} is not used as the map; replace or remove it`),
  })
