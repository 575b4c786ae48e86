/** The version in package.json, as the User-Agent tells it. */
export const version = '0.1.0'
