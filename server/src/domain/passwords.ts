/** Hashes and checks passwords. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** Without a hash the answer is false, and takes as long as with one. */
  verify(hash: string | null, password: string): Promise<boolean>
}
