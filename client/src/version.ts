/** The version in package.json, sent in `User-Agent`. */
export const version = '0.1.0'
