export const passwordLengthMin = 8
export const passwordLengthMax = 1024

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long without a hash, and is then false. */
  verify(hash: string | null, password: string): Promise<boolean>
}
