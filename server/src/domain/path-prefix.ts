const lengthMax = 200
/** Segments of unreserved characters; none is `.` or `..`. */
const pattern = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*\/?$/

/** The path to put before others, without a slash at its end; undefined: the text is none. */
export const parsePathPrefix = (text: string): string | undefined =>
  text.length <= lengthMax && pattern.test(text) ? text.replace(/\/$/, '') : undefined
