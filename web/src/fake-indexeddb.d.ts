/** Puts an IndexedDB in memory in the place of the browser's. The package declares no types of it. */
declare module 'fake-indexeddb/auto'
