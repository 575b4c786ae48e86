import { fileURLToPath } from 'node:url'

const at = (path: string): URL => new URL(path, import.meta.url)

/**
 * Where the files are that this program brings, and where it puts its data by default. In the package
 * `packed-program-files.ts` replaces this file.
 */
export const programFiles = {
  manifest: at('../package.json'),
  /** What runs a command. */
  command: at('../bin/doorstep.js'),
  /** A folder for each engine. */
  migrations: at('./storage/migrations/'),
  /** What is known of the exports of other products. */
  presets: at('./importer/presets/'),
  checkInThread: at('./runtime/check-ins/check-in-worker.ts'),
  checkpointThread: at('./storage/sqlite/checkpoint-worker.ts'),
  /** Where `npm start` builds the web app. */
  webApp: at('../../web/dist'),
  /** Where `web/basemap/build-basemap.ts` leaves the map of the world. */
  map: at('../../web/basemap/dist/world.mbtiles'),
  /**
   * The checkout's own folder, so that a command run from elsewhere opens the store of `npm start`
   * and not a new one. A folder that the user names is relative to the user's folder.
   */
  data: fileURLToPath(at('../../data')),
}
