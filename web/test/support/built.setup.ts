import { buildWeb, isBuilt } from '../../../scripts/build-web.js'

/** The tests run on the build: it is served with the strict CSP, and Vite's own server is not. */
export async function setup(): Promise<void> {
  if (!isBuilt()) await buildWeb()
}
