import { hash, verify } from '@node-rs/argon2'

import type { Passwords } from '../domain/passwords.ts'

/** Argon2id. Without a hash, an unguessable one is tried, so that it takes as long. */
export function argonPasswords(newSecret: () => string): Passwords {
  let nobodys: Promise<string> | undefined
  return {
    hash: (password) => hash(password),
    async verify(known, password) {
      nobodys ??= hash(newSecret())
      const isRight = await verify(known ?? (await nobodys), password)
      return isRight && known !== null
    },
  }
}
