import { fileURLToPath } from 'node:url'

import type { Logger } from 'pino'

import { BasemapFolder } from '../basemap/basemaps.ts'
import type { Config } from '../config.ts'
import { programFiles } from '../program-files.ts'

export const openBasemaps = ({ dataDir }: Pick<Config, 'dataDir'>, logger: Logger): BasemapFolder =>
  new BasemapFolder({
    dataDir,
    bundled: fileURLToPath(programFiles.map),
    onRefused: (path, error) =>
      logger.warn({ err: error }, `${path} is not used as the map; replace or remove it`),
  })
