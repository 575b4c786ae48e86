import { loadBaseStyle } from '../api/base-style.ts'
import type { Database } from './database.ts'

const key = 'map_tiles'
/** The world as far as countries and large towns: 341 tiles, less than a megabyte. */
const zoomMax = 4
const atOnce = 4

/** One address a tile, of those that this server has itself. */
function addressesOf(templates: readonly string[]): readonly string[] {
  return templates
    .filter((template) => new URL(template, location.href).origin === location.origin)
    .flatMap((template) =>
      Array.from({ length: zoomMax + 1 }, (_, z) => z).flatMap((z) =>
        Array.from({ length: 4 ** z }, (_, at) =>
          template
            .replace('{z}', String(z))
            .replace('{x}', String(at % 2 ** z))
            .replace('{y}', String(Math.floor(at / 2 ** z))),
        ),
      ),
    )
}

const isSparing = (): boolean => 'connection' in navigator && isSaving(navigator.connection)

const isSaving = (connection: unknown): boolean =>
  typeof connection === 'object' &&
  connection !== null &&
  'saveData' in connection &&
  connection.saveData === true

/**
 * Has the service worker keep the map of the world, so that there is one without a network. Once for
 * each version of the map; not where the phone is to save data.
 */
export async function keepMapTiles(database: Database, signal: AbortSignal): Promise<void> {
  if (!navigator.serviceWorker || !navigator.onLine || isSparing()) return
  await untilControlled(signal)
  const base = await loadBaseStyle('light', signal)
  // The other theme has the same tiles.
  await loadBaseStyle('dark', signal)
  const templates = Object.values(base?.style.sources ?? {}).flatMap((source) =>
    'tiles' in source ? (source.tiles ?? []) : [],
  )
  const version = templates.join()
  if (version === '' || (await database.get('facts', key)) === version) return
  const left = [...addressesOf(templates)]
  const work = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await fetch(next, { signal })
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  await database.put('facts', version, key)
}

/** Until a service worker answers this page's requests: on the first visit, some seconds after it began. */
async function untilControlled(signal: AbortSignal): Promise<void> {
  if (navigator.serviceWorker.controller) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { signal })
  signal.addEventListener('abort', () => reject(signal.reason))
  await promise
}
