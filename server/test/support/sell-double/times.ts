export const millis = (ms: number): string => new Date(ms).toISOString()
export const seconds = (ms: number): string => `${millis(ms).slice(0, 19)}Z`
