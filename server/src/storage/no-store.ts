/** For a command that needs a store and must not create one. */
export const noStoreSentence = (place: string): string =>
  `There is no store in ${place}. Check DATA_DIR and DATABASE_URL, or create a store with ` +
  '`npm start` or `./doorstep init`.'
